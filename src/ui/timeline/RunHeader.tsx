import type { ReactNode } from 'react'
import { printWallTime } from '#ui/print/batch-time.ts'
import { printDurationVerbose } from '#ui/print/duration.ts'
import { useRun } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Timeline.module.css'

/** Spark's header line: "Running batches of 1 second for 12 seconds (12 completed batches, 240 records)".
 *  Source: StreamingPage.generateBasicInfo */
export function RunHeader({ batchMs }: { readonly batchMs: number }): ReactNode {
  const t = useWords()
  const clock = useRun((run) => run.clock)
  const totals = useRun((run) => run.totals)
  const stopped = useRun((run) => run.context === 'STOPPED')
  if (clock === undefined) return null
  const words = {
    batch: printDurationVerbose(batchMs).trim(),
    time: printDurationVerbose(wholeSeconds(clock.nowMs - clock.zeroMs)).trim(),
    since:
      clock.kind === 'real'
        ? t('timeline.since', { date: printWallTime(clock.zeroMs, { batchMs: 1000, date: true }) })
        : '',
    count: totals.completedBatches,
    records: totals.totalRecords,
  }
  return <p className={styles.running}>{t(stopped ? 'timeline.ran' : 'timeline.running', words)}</p>
}

/** Milliseconds would flicker from frame to frame. */
function wholeSeconds(ms: number): number {
  const rest = Math.max(0, Math.floor(ms))
  return rest < 1000 ? rest : rest - (rest % 1000)
}
