import type { ReactNode } from 'react'
import { printWallTime } from '#ui/print/batch-time.ts'
import { printDurationVerbose } from '#ui/print/duration.ts'
import { useRun } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Timeline.module.css'

/** Stands for what is left out where there is less room: the counts are worth more than the date. */
const SINCE = '\u0000'

/** Spark's header line: "Running batches of 1 second for 12 seconds (12 completed batches, 240 records)".
 *  Source: StreamingPage.generateBasicInfo */
export function RunHeader({ batchMs }: { readonly batchMs: number }): ReactNode {
  const t = useWords()
  const clock = useRun((run) => run.clock)
  const totals = useRun((run) => run.totals)
  const stopped = useRun((run) => run.context === 'STOPPED')
  if (clock === undefined) return null
  const since =
    clock.kind === 'real'
      ? t('timeline.since', { date: printWallTime(clock.zeroMs, { batchMs: 1000, date: true }) })
      : ''
  const words = {
    batch: printDurationVerbose(batchMs).trim(),
    time: printDurationVerbose(wholeSeconds(clock.nowMs - clock.zeroMs)).trim(),
    count: totals.completedBatches,
    records: totals.totalRecords,
  }
  const sentence = t(stopped ? 'timeline.ran' : 'timeline.running', { ...words, since: SINCE })
  const [before, after] = sentence.split(SINCE)
  return (
    <p className={styles.running} title={sentence.replace(SINCE, since)}>
      {before}
      <span className={styles.since}>{since}</span>
      {after}
    </p>
  )
}

/** Milliseconds would flicker from frame to frame. */
function wholeSeconds(ms: number): number {
  const rest = Math.max(0, Math.floor(ms))
  return rest < 1000 ? rest : rest - (rest % 1000)
}
