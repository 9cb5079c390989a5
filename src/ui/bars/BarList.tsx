import type { ReactNode } from 'react'
import styles from './BarList.module.css'

export interface Bar {
  readonly id: string | number
  readonly name: string
  /** Shown when one points at the name; absent: the name. */
  readonly hint?: string
  readonly value: number
  /** The value as a person reads it. */
  readonly figure: string
  /** Several series together. */
  readonly isOthers?: boolean
}

export interface BarListProps {
  readonly title: string
  readonly bars: readonly Bar[]
}

/** Named figures with a bar each, as long as its share of the greatest; a list, since the figures stand beside the bars. */
export function BarList({ title, bars }: BarListProps): ReactNode {
  const most = Math.max(0, ...bars.map(({ value }) => Math.abs(value)))
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.title}>{title}</figcaption>
      <ol className={styles.list}>
        {bars.map(({ id, name, hint = name, value, figure, isOthers = false }) => (
          <li key={id} className={styles.row}>
            <span className={styles.name} title={hint}>
              {name}
            </span>
            <span className={styles.value}>{figure}</span>
            <span className={styles.track}>
              <span
                className={styles.bar}
                data-kind={isOthers ? 'others' : value < 0 ? 'negative' : 'series'}
                style={{ width: `${most === 0 ? 0 : (Math.abs(value) / most) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
