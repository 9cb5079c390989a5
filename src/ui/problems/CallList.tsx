import type { ReactNode } from 'react'
import type { CodeFrame } from '#engine/model/batch-data.ts'
import { useServices } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './ProblemsPanel.module.css'

/** The calls that led to a failure, the innermost first; each leads to its line. */
export function CallList({ frames }: { readonly frames: readonly CodeFrame[] }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const go = ({ node, param, line, column }: CodeFrame) => {
    if (node === undefined) session.getState().revealShared({ line, column })
    else session.getState().revealNode(node, param, { line, column })
  }
  return (
    <ol className={styles.calls} aria-label={t('problems.calls')}>
      {frames.map((frame, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list of places, one may occur twice; it never changes
        <li key={index}>
          <button type="button" className={styles.place} onClick={() => go(frame)}>
            {frame.name !== undefined && `${frame.name} · `}
            {frame.node === undefined ? t('problems.shared') : `${frame.node}.${frame.param}`}
            {` · ${t('problems.position', { line: frame.line, column: frame.column })}`}
          </button>
        </li>
      ))}
    </ol>
  )
}
