import { useVirtualizer } from '@tanstack/react-virtual'
import { Download } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Result } from '#engine/model/result.ts'
import { saveBlob } from '#ui/download/save-blob.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './FilePreview.module.css'
import { previewOf } from './preview-text.ts'

const LINE_PX = 18

export interface FilePreviewProps {
  /** Of the pipeline. */
  readonly id: string
  readonly path: string
  readonly bytes: number
  /** A newer time means that the file was replaced. */
  readonly savedAtMs: number
}

/** The text of one file, as text and never as markup. */
export function FilePreview({ id, path, bytes, savedAtMs }: FilePreviewProps): ReactNode {
  const t = useWords()
  const text = useText(id, path, savedAtMs)
  const name = path.replaceAll('/', '-')
  const cut = path.lastIndexOf('/')
  const save = (): void => {
    if (text?.ok === true) saveBlob(`${name}.txt`, new Blob([text.value], { type: 'text/plain;charset=utf-8' }))
  }
  return (
    <>
      <header className={styles.header}>
        <span className={styles.path} title={path}>
          <span className={styles.directory}>{path.slice(0, cut)}</span>
          {path.slice(cut)}
        </span>
        <span className={styles.size}>{printBytes(bytes, formatNumber)}</span>
        <Button aria-label={t('saved.downloadFile', { path })} onClick={save}>
          <Download size={14} aria-hidden="true" />
          {t('saved.download')}
        </Button>
      </header>
      {text?.ok === false && <p className={styles.note}>{t('saved.failedMore', { reason: text.error })}</p>}
      {text?.ok === true && <Lines path={path} text={text.value} />}
    </>
  )
}

function useText(id: string, path: string, savedAtMs: number): Result<string, string> | undefined {
  const { client } = useServices()
  const [heard, setHeard] = useState<{ readonly path: string; readonly text: Result<string, string> }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file that was replaced is read again
  useEffect(() => {
    let isWanted = true
    void client.files.read(id, path).then((text) => {
      if (isWanted) setHeard({ path, text })
    })
    return () => {
      isWanted = false
    }
  }, [client, id, path, savedAtMs])
  return heard?.path === path ? heard.text : undefined
}

function Lines({ path, text }: { readonly path: string; readonly text: string }): ReactNode {
  const t = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { lines, more } = useMemo(() => previewOf(text), [text])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const seen = lines.slice(items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1)
  return (
    <>
      {lines.length === 0 && <p className={styles.note}>{t('saved.empty')}</p>}
      {more && <p className={styles.note}>{t('saved.first', { count: lines.length })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroller} aria-label={t('saved.preview', { path })} tabIndex={0}>
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          <pre className={styles.lines} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {seen.join('\n')}
          </pre>
        </div>
      </section>
    </>
  )
}
