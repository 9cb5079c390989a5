import { type ReactNode, useId } from 'react'
import { useWords } from '#ui/words/words.ts'
import { Hatching } from './Hatching.tsx'
import styles from './Legend.module.css'
import { colourOf, dashesOf, hatchFill } from './look.ts'
import { printFigure } from './print-figure.ts'
import { printSeries, type Series } from './series.ts'

export interface LegendProps {
  readonly title: string
  readonly form: 'lines' | 'bars'
  readonly series: readonly Series[]
  /** The batch whose values stand beside the names; −1: none. */
  readonly place: number
  /** Names of the series that are not drawn. */
  readonly hidden: ReadonlySet<string | undefined>
  onToggle(series: string | undefined): void
}

/** What each series looks like, and its value in one batch; a click hides it or brings it back. */
export function Legend({ title, form, series, place, hidden, onToggle }: LegendProps): ReactNode {
  const t = useWords()
  const id = useId()
  return (
    <div className={styles.legend}>
      <p className={styles.title}>{title}</p>
      <ul className={styles.list}>
        {series.map(({ id: key, slot, values }) => {
          const name = nameOf(key, t)
          const value = values[place]
          return (
            <li key={key ?? 'others'}>
              <button
                type="button"
                className={styles.row}
                aria-pressed={!hidden.has(key)}
                title={t(hidden.has(key) ? 'outputs.figures.show' : 'outputs.figures.hide', { name })}
                onClick={() => onToggle(key)}
              >
                <svg width={22} height={12} aria-hidden="true">
                  {form === 'lines' ? (
                    <path
                      d="M1 6H21"
                      stroke={colourOf(slot)}
                      strokeWidth={2}
                      strokeDasharray={dashesOf(slot)}
                      strokeLinecap={slot === 0 ? 'round' : 'butt'}
                    />
                  ) : (
                    <>
                      <Hatching id={id} slot={slot} />
                      <rect x={3} y={0} width={16} height={12} fill={colourOf(slot)} />
                      <rect x={3} y={0} width={16} height={12} fill={hatchFill(id, slot)} />
                    </>
                  )}
                </svg>
                <span className={styles.name}>{name}</span>
                <span className={styles.value}>{value === undefined ? '–' : printFigure(value)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The words for a series that has no key, or for all others. */
export function nameOf(series: string | undefined, t: ReturnType<typeof useWords>): string {
  return series === undefined ? t('outputs.figures.others') : (printSeries(series) ?? t('outputs.figures.value'))
}
