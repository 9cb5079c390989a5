import type { ReactNode } from 'react'
import { printCell } from '#ui/print/cell.ts'
import { formatNumber } from '#ui/words/words.ts'
import styles from './TopBars.module.css'
import type { TopPair } from './top-pairs.ts'

export interface TopBarsProps {
  readonly title: string
  readonly bars: readonly TopPair[]
}

/** The greatest pairs with a bar each; a list, since the figures stand beside the bars. */
export function TopBars({ title, bars }: TopBarsProps): ReactNode {
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.title}>{title}</figcaption>
      <ol className={styles.list}>
        {bars.map((bar, place) => (
          // Keys may repeat in a stream of pairs; the place is what a bar is.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place} className={styles.row}>
            <span className={styles.key} title={bar.key}>
              {printCell(bar.key)}
            </span>
            <span className={styles.value}>{formatNumber(bar.value, { maximumFractionDigits: 6 })}</span>
            <span className={styles.track}>
              <span className={bar.value < 0 ? styles.negative : styles.bar} style={{ width: `${bar.share * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
