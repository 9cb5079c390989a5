import type { ReactNode } from 'react'
import { useWords } from '#ui/words/words.ts'
import { nameOf } from './Legend.tsx'
import { printFigure } from './print-figure.ts'
import styles from './Ranking.module.css'
import { type FigureEntry, layChart } from './series.ts'

export interface RankingProps {
  /** Of the batch that the screen shows. */
  readonly current: FigureEntry | undefined
  readonly top: number
  print(timeMs: number): string
}

/** The greatest series of one batch with a bar each, and the others together. */
export function Ranking({ current, top, print }: RankingProps): ReactNode {
  const t = useWords()
  if (current === undefined || current.figures.points.length === 0)
    return <p className={styles.title}>{t('outputs.noBatch')}</p>
  const bars = layChart([current], top).series.map(({ id, values }) => ({ id, value: values[0] ?? 0 }))
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)))
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.title}>{t('outputs.inBatch', { time: print(current.timeMs) })}</figcaption>
      <ol className={styles.list}>
        {bars.map(({ id, value }) => {
          const name = nameOf(id, t)
          return (
            <li key={id ?? 'others'} className={styles.row}>
              <span className={styles.name} title={name}>
                {name}
              </span>
              <span className={styles.value}>{printFigure(value)}</span>
              <span className={styles.track}>
                <span
                  className={styles.bar}
                  data-kind={id === undefined ? 'others' : value < 0 ? 'negative' : 'series'}
                  style={{ width: `${most === 0 ? 0 : (Math.abs(value) / most) * 100}%` }}
                />
              </span>
            </li>
          )
        })}
      </ol>
    </figure>
  )
}
