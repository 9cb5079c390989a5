import { Component, type ErrorInfo, type ReactNode } from 'react'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { copyText } from '#ui/files/copy-text.ts'
import { fileNameOf, saveFile } from '#ui/files/save-file.ts'
import type { DocumentStore } from '#ui/state/document-store.ts'
import { Button } from '#ui/theme/Button.tsx'
import { t } from '#ui/words/words.ts'
import styles from './ErrorBoundary.module.css'

export interface ErrorBoundaryProps {
  /** Where the document is, which no fault of the screen may take along. */
  readonly document: DocumentStore
  /** What is fenced off, for the message: a panel's name; absent: the whole page. */
  readonly panel?: string
  readonly children: ReactNode
}

interface Fault {
  readonly error: Error
  readonly report: string
}

/** Stands in for a part of the screen that threw. The document stays in its store and can be saved from here. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly fault: Fault | undefined }> {
  override readonly state: { readonly fault: Fault | undefined } = { fault: undefined }

  static getDerivedStateFromError(thrown: unknown): { readonly fault: Fault } {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { fault: { error, report: error.stack ?? error.message } }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    const report = `${error.stack ?? error.message}\n${info.componentStack ?? ''}`
    this.setState({ fault: { error, report } })
  }

  override render(): ReactNode {
    const { fault } = this.state
    const { panel, children } = this.props
    if (fault === undefined) return children
    const title = panel === undefined ? t('shell.fault') : t('shell.panelFault', { panel })
    return (
      <div className={`${styles.fault} ${panel === undefined ? styles.page : ''}`} role="alert">
        <h2 className={styles.title}>{title}</h2>
        <p>{t('shell.faultText')}</p>
        <div className={styles.actions}>
          {panel !== undefined && (
            <Button look="primary" onClick={() => this.setState({ fault: undefined })}>
              {t('shell.tryAgain')}
            </Button>
          )}
          <Button look="outline" onClick={() => this.#save()}>
            {t('shell.saveDocument')}
          </Button>
          <Button look="outline" onClick={() => window.location.reload()}>
            {t('shell.reload')}
          </Button>
          <Button look="outline" onClick={() => void copyText(fault.report)}>
            {t('shell.copyReport')}
          </Button>
        </div>
        <details className={styles.details}>
          <summary>{fault.error.message}</summary>
          <pre className={styles.report}>{fault.report}</pre>
        </details>
      </div>
    )
  }

  #save(): void {
    const { pipeline } = this.props.document.getState()
    saveFile(fileNameOf(pipeline.name), printPipeline(pipeline))
  }
}
