import { type ReactNode, type RefObject, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { printDuration } from '#ui/print/duration.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './BatchTip.module.css'
import { type BatchFigures, printOutputOps } from './batch-figures.ts'

const TIP_PX = 220
/** With sentences in it. */
const WIDE_TIP_PX = 320
const GAP_PX = 6

export interface BatchTipProps {
  readonly figures: BatchFigures
  readonly time: string
  /** What went wrong in it, in sentences. */
  readonly happened: readonly string[]
  /** The strip, and the middle of the column in it. */
  readonly anchor: RefObject<HTMLElement | null>
  readonly leftPx: number
}

/** Figures of the batch under the pointer. The table of batches says the same to those who use no pointer. */
export function BatchTip({ figures, time, happened, anchor, leftPx }: BatchTipProps): ReactNode {
  const t = useWords()
  const [place, setPlace] = useState<{ readonly left: number; readonly bottom: number } | undefined>(undefined)
  const widthPx = happened.length > 0 ? WIDE_TIP_PX : TIP_PX
  useLayoutEffect(() => {
    const strip = anchor.current?.getBoundingClientRect()
    if (strip === undefined) return
    const left = Math.max(GAP_PX, Math.min(strip.left + leftPx - widthPx / 2, window.innerWidth - widthPx - GAP_PX))
    setPlace({ left, bottom: window.innerHeight - strip.top + GAP_PX })
  }, [anchor, leftPx, widthPx])
  const duration = (ms: number | undefined) => (ms === undefined ? '-' : printDuration(ms))
  const rows = [
    [t('timeline.recordsColumn'), formatNumber(figures.records)],
    [t('timeline.schedulingDelay'), duration(figures.schedulingDelayMs)],
    [t('timeline.processingTime'), duration(figures.processingMs)],
    [t('timeline.totalDelay'), duration(figures.totalDelayMs)],
    [t('timeline.outputOps'), printOutputOps(figures)],
  ] as const
  if (place === undefined) return null
  // Outside of the panels, which cut off what leaves them.
  return createPortal(
    <div className={styles.tip} style={{ ...place, width: widthPx }} aria-hidden="true">
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
      {happened.length > 0 && <p className={styles.happened}>{happened.join(' ')}</p>}
      {figures.errors[0] !== undefined && <p className={styles.failed}>{figures.errors[0].firstLine}</p>}
    </div>,
    document.body,
  )
}
