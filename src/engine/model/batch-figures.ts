// What charts and counters keep of a batch: a few numbers instead of its records.

/** How the numbers of one series in one batch become one number. */
export type Measure = 'sum' | 'count' | 'average' | 'least' | 'greatest'

/** How figures are drawn at first; `ranking` shows the newest batch alone. */
export type FiguresView =
  | { readonly kind: 'counter' }
  | {
      readonly kind: 'chart'
      readonly form: 'lines' | 'bars' | 'ranking'
      /** Series that are drawn apart at most; the rest is drawn as one. */
      readonly top: number
    }

export interface FigurePoint {
  /** The key that names the series, as tagged JSON text; empty where all records are one series. */
  readonly series: string
  readonly value: number
  /** Records that it was made of. */
  readonly records: number
}

/** What one output operation measured in one batch. */
export interface BatchFigures {
  readonly view: FiguresView
  readonly combine: Measure
  /** The greatest first, by size; MOST_POINTS at most. */
  readonly points: readonly FigurePoint[]
  /** All series beyond those together. */
  readonly others?: { readonly series: number; readonly value: number; readonly records: number }
  /** Counters: the sum of this batch's and all earlier batches' values, each batch counted once. */
  readonly total?: number
}

/** Series that are kept of a batch. */
export const MOST_POINTS = 50

/** One number for two parts of a series. Values of an average are sums until `finishMeasure`. */
export function combineMeasures(combine: Measure, a: number, b: number): number {
  if (combine === 'least') return Math.min(a, b)
  if (combine === 'greatest') return Math.max(a, b)
  return a + b
}

/** The number that is shown, from what was combined over so many records. */
export function finishMeasure(combine: Measure, value: number, records: number): number {
  return combine === 'average' && records > 0 ? value / records : value
}

/** A finished number back in the form that can be combined. */
export function unfinishMeasure(combine: Measure, value: number, records: number): number {
  return combine === 'average' ? value * records : value
}
