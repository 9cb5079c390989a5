import type { ReactNode } from 'react'
import type { CodeFrame } from '#engine/model/batch-data.ts'
import type { Diagnostic, Fix } from '#engine/model/diagnostic.ts'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { CallList } from './CallList.tsx'
import styles from './ProblemsPanel.module.css'
import { SeverityMark } from './SeverityMark.tsx'

interface DiagnosticItemProps {
  readonly diagnostic: Diagnostic
  /** The calls in the user's code that led to it. */
  readonly frames?: readonly CodeFrame[] | undefined
}

/** One diagnostic: what is wrong, what to do, the way to its place, and fixes that can be applied for the person. */
export function DiagnosticItem({ diagnostic, frames = [] }: DiagnosticItemProps): ReactNode {
  const t = useWords()
  const { document, session } = useServices()
  const { node, param, path } = diagnostic
  const place = node === undefined ? placeOfPath(path) : param === undefined ? node : `${node}.${param}`
  const go = () => {
    if (node === undefined) session.getState().select({})
    else session.getState().revealNode(node, param)
  }
  const apply = (fix: Fix) => {
    if (node !== undefined) document.getState().edit({ kind: 'setParam', node, param: fix.param, value: fix.value })
  }
  return (
    <li className={styles.item}>
      <SeverityMark severity={diagnostic.severity} />
      <div className={styles.text}>
        <p>{diagnostic.message}</p>
        {diagnostic.hint !== undefined && <p className={styles.hint}>{diagnostic.hint}</p>}
        {frames.length > 0 && <CallList frames={frames} />}
      </div>
      <div className={styles.actions}>
        {node !== undefined &&
          diagnostic.fixes?.map((fix) => (
            <Button key={fix.label} look="outline" onClick={() => apply(fix)}>
              {fix.label}
            </Button>
          ))}
        {(node !== undefined || place !== undefined) && (
          <button
            type="button"
            className={styles.place}
            aria-label={t('problems.goto', { place: place ?? t('problems.settings') })}
            onClick={go}
          >
            {place ?? t('problems.settings')}
          </button>
        )}
      </div>
    </li>
  )
}

/** Settings are edited in the inspector's pipeline form; other paths lead nowhere on the screen. */
function placeOfPath(path: Diagnostic['path']): string | undefined {
  return path?.[0] === 'settings' ? path.slice(1).join('.') : undefined
}
