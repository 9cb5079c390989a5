import type { ReactNode } from 'react'
import { printDuration } from '#ui/print/duration.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './BatchTip.module.css'
import { type BatchFigures, printOutputOps } from './batch-figures.ts'

const TIP_PX = 220

export interface BatchTipProps {
  readonly figures: BatchFigures
  readonly time: string
  /** Middle of the column, and the room there is. */
  readonly leftPx: number
  readonly widthPx: number
}

/** Figures of the batch under the pointer. The table of batches says the same to those who use no pointer. */
export function BatchTip({ figures, time, leftPx, widthPx }: BatchTipProps): ReactNode {
  const t = useWords()
  const left = Math.max(0, Math.min(leftPx - TIP_PX / 2, widthPx - TIP_PX))
  const duration = (ms: number | undefined) => (ms === undefined ? '-' : printDuration(ms))
  const rows = [
    [t('timeline.recordsColumn'), formatNumber(figures.records)],
    [t('timeline.schedulingDelay'), duration(figures.schedulingDelayMs)],
    [t('timeline.processingTime'), duration(figures.processingMs)],
    [t('timeline.totalDelay'), duration(figures.totalDelayMs)],
    [t('timeline.outputOps'), printOutputOps(figures)],
  ] as const
  return (
    <div className={styles.tip} style={{ left, width: TIP_PX }} aria-hidden="true">
      <p className={styles.title}>
        <span>{time}</span>
        <span className={figures.failed > 0 ? styles.failed : styles.status}>
          {t(figures.failed > 0 ? 'timeline.status.failed' : `timeline.status.${figures.status}`)}
        </span>
      </p>
      <dl className={styles.figures}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {figures.recovered && <p className={styles.recovered}>{t('timeline.recovered')}</p>}
      {figures.errors[0] !== undefined && <p className={styles.failed}>{figures.errors[0].firstLine}</p>}
    </div>
  )
}
