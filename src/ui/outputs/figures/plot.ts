import type { Axis } from './axis.ts'
import type { Series } from './series.ts'

/** Where a chart's plane lies in its picture, in CSS px. */
export interface PlotBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Px of a batch's middle: batches stand at their times, so that a missing one leaves a gap. */
export function batchX(times: readonly number[], place: number, box: PlotBox): number {
  const [first = 0] = times
  const last = times.at(-1) ?? first
  const half = bandPx(times, box) / 2
  if (first === last) return (box.left + box.right) / 2
  const share = ((times[place] ?? first) - first) / (last - first)
  return box.left + half + share * (box.right - box.left - 2 * half)
}

/** Px between the two batches that are nearest to each other. */
export function bandPx(times: readonly number[], box: PlotBox): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const least = Math.min(...steps)
  if (!Number.isFinite(least)) return Math.min(48, box.right - box.left)
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return ((box.right - box.left) * least) / (span + least)
}

export function valueY(value: number, { low, high }: Axis, box: PlotBox): number {
  return box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top)
}

/** The batch under a point; undefined when there is none. */
export function batchAt(times: readonly number[], x: number, box: PlotBox): number | undefined {
  if (times.length === 0) return undefined
  const distances = times.map((_, place) => Math.abs(batchX(times, place, box) - x))
  return distances.indexOf(Math.min(...distances))
}

/** One line per run of points without a gap; a point that stands alone becomes a dot. */
export function linePath(values: Series['values'], times: readonly number[], axis: Axis, box: PlotBox): string {
  let path = ''
  let isDrawing = false
  for (const [place, value] of values.entries()) {
    if (value === undefined) {
      isDrawing = false
      continue
    }
    const point = `${round(batchX(times, place, box))} ${round(valueY(value, axis, box))}`
    path += isDrawing ? `L${point}` : `M${point}h0`
    isDrawing = true
  }
  return path
}

/** For each series the bars of all batches, standing on those of the series before; what is negative hangs below 0. */
export function barPaths(series: readonly Series[], times: readonly number[], axis: Axis, box: PlotBox): string[] {
  const width = Math.max(1, Math.min(28, bandPx(times, box) * 0.8))
  const ups = times.map(() => 0)
  const downs = times.map(() => 0)
  return series.map(({ values }) => {
    let path = ''
    for (const [place, value = 0] of values.entries()) {
      const sums = value < 0 ? downs : ups
      const from = sums[place] ?? 0
      sums[place] = from + value
      if (value === 0) continue
      const left = round(batchX(times, place, box) - width / 2)
      const y = round(valueY(from + value, axis, box))
      path += `M${left} ${round(valueY(from, axis, box))}V${y}h${round(width)}V${round(valueY(from, axis, box))}Z`
    }
    return path
  })
}

/** The heights that stacked bars reach, up and down. */
export function stackedValues(series: readonly Series[]): readonly number[] {
  const batches = series[0]?.values.length ?? 0
  return Array.from({ length: batches }, (_, place) => series.map(({ values }) => values[place] ?? 0)).flatMap(
    (values) => [
      values.filter((value) => value > 0).reduce((a, b) => a + b, 0),
      values.filter((value) => value < 0).reduce((a, b) => a + b, 0),
    ],
  )
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
