import { type ReactNode, useRef } from 'react'
import { useElementSize } from '#ui/theme/use-element-size.ts'
import { useWords } from '#ui/words/words.ts'
import { valueAxis } from './axis.ts'
import styles from './Counter.module.css'
import { linePath, type PlotBox } from './plot.ts'
import { printFigure } from './print-figure.ts'
import type { FigureEntry } from './series.ts'

/** Batches on the line beside the figures. */
const RECENT = 60

export interface CounterProps {
  readonly entries: readonly FigureEntry[]
  /** Of the batch that the screen shows. */
  readonly current: FigureEntry | undefined
  print(timeMs: number): string
}

/** One big number of the shown batch, the total of all, and the batches before as a line. */
export function Counter({ entries, current, print }: CounterProps): ReactNode {
  const t = useWords()
  const recent = entries.slice(-RECENT)
  return (
    <div className={styles.counter}>
      <dl className={styles.figures}>
        <div>
          <dt>
            {current === undefined ? t('outputs.noBatch') : t('outputs.inBatch', { time: print(current.timeMs) })}
          </dt>
          <dd className={styles.big}>{current === undefined ? '–' : printFigure(numberOf(current))}</dd>
        </div>
        <div>
          <dt>{t('outputs.figures.total')}</dt>
          <dd className={styles.big}>{current === undefined ? '–' : printFigure(current.figures.total ?? 0)}</dd>
        </div>
      </dl>
      <Sparkline entries={recent} />
    </div>
  )
}

function numberOf({ figures }: FigureEntry): number {
  return figures.points[0]?.value ?? 0
}

function Sparkline({ entries }: { readonly entries: readonly FigureEntry[] }): ReactNode {
  const t = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(frame)
  const values = entries.map(numberOf)
  const times = entries.map(({ timeMs }) => timeMs)
  const box: PlotBox = { left: 0, right: width, top: 4, bottom: height - 4 }
  const label = t('outputs.figures.recent', {
    count: entries.length,
    least: printFigure(Math.min(...values)),
    greatest: printFigure(Math.max(...values)),
  })
  return (
    <figure className={styles.recent}>
      <div ref={frame} className={styles.line} role="img" aria-label={label}>
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <path className={styles.path} d={linePath(values, times, valueAxis(values, 2), box)} />
          </svg>
        )}
      </div>
      <figcaption className={styles.caption} aria-hidden="true">
        {label}
      </figcaption>
    </figure>
  )
}
