import type { ReactNode } from 'react'
import { useRun } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './RunBar.module.css'

/** The phase of the run, in a word; read aloud when it changes. */
export function RunStatus(): ReactNode {
  const t = useWords()
  const phase = useRun((run) => run.phase)
  return (
    <span className={styles.status} data-phase={phase} role="status" title={t(`run.phase.${phase}`)}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.phase}>{t(`run.phase.${phase}`)}</span>
    </span>
  )
}
