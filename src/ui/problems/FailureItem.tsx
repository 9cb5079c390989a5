import type { ReactNode } from 'react'
import type { BatchFailure } from '#engine/model/batch-data.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useRun, useServices } from '#ui/services.ts'
import type { CodePlace } from '#ui/state/session-store.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { CallList } from './CallList.tsx'
import type { FoldedFailure } from './fold-failures.ts'
import styles from './ProblemsPanel.module.css'
import { SeverityMark } from './SeverityMark.tsx'

/** A function that failed on the data: where, why, on which record, how often. */
export function FailureItem({ folded }: { readonly folded: FoldedFailure }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const clock = useRun((run) => run.clock)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  const { failure, count, firstMs } = folded
  const print = (timeMs: number) => (clock === undefined ? `${timeMs} ms` : printBatchTime(timeMs, clock, batchMs))
  const last = print(failure.timeMs)
  const place = failure.param === undefined ? failure.node : `${failure.node}.${failure.param}`
  return (
    <li className={styles.item}>
      <SeverityMark severity="error" />
      <div className={styles.text}>
        <p>{failure.message}</p>
        {failure.record !== undefined && (
          <p className={styles.hint}>
            {t('problems.record')} <code className={styles.record}>{failure.record}</code>
          </p>
        )}
        <p className={styles.hint}>
          {t('problems.repeats', { count, first: print(firstMs), last })}
          {failure.line !== undefined &&
            ` · ${t('problems.position', { line: failure.line, column: failure.column ?? 1 })}`}
        </p>
        {failure.frames !== undefined && <CallList frames={failure.frames} />}
      </div>
      <div className={styles.actions}>
        <Button onClick={() => session.getState().showBatch(failure.timeMs)}>
          {t('problems.showBatch', { time: last })}
        </Button>
        <button
          type="button"
          className={styles.place}
          aria-label={t('problems.goto', { place })}
          onClick={() => session.getState().revealNode(failure.node, failure.param, placeIn(failure))}
        >
          {place}
        </button>
      </div>
    </li>
  )
}

function placeIn({ line, column = 1 }: BatchFailure): CodePlace | undefined {
  return line === undefined ? undefined : { line, column }
}
