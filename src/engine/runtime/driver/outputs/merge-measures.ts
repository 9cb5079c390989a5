import {
  type BatchFigures,
  combineMeasures,
  type FigurePoint,
  finishMeasure,
  MOST_POINTS,
} from '#engine/model/batch-figures.ts'
import type { MeasureAction } from '#engine/operator/stream-spec.ts'
import type { JobReport } from '#engine/runtime/wire.ts'

interface Part {
  value: number
  records: number
}

/** One number per series from what the executors took of their partitions. They are combined in the order of the partitions, so that a
 *  sum is the same on any number of executors. */
export function mergeMeasures(
  { combine, series: by, view }: MeasureAction,
  reports: readonly Pick<JobReport, 'measures'>[],
): BatchFigures {
  const partitions = reports.flatMap(({ measures }) => measures ?? []).sort((a, b) => a.partition - b.partition)
  const parts = new Map<string, Part>()
  const rest: [Part, number][] = []
  for (const { cells, others } of partitions) {
    for (const [series, value, records] of cells) {
      const part = parts.get(series)
      if (part === undefined) parts.set(series, { value, records })
      else {
        part.value = bounded(combineMeasures(combine, part.value, value))
        part.records += records
      }
    }
    if (others !== undefined) rest.push([{ value: others[1], records: others[2] }, others[0]])
  }
  // A counter of an empty batch says 0; so that there is something to say it.
  if (by === 'one' && parts.size === 0 && (combine === 'sum' || combine === 'count'))
    parts.set('', { value: 0, records: 0 })
  const points = [...parts].map(
    ([series, { value, records }]): FigurePoint => ({
      series,
      value: finishMeasure(combine, value, records),
      records,
    }),
  )
  points.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.series < b.series ? -1 : 1))
  for (const { series } of points.slice(MOST_POINTS)) {
    const part = parts.get(series)
    if (part !== undefined) rest.push([part, 1])
  }
  const others = foldParts(combine, rest)
  return { view, combine, points: points.slice(0, MOST_POINTS), ...(others === undefined ? {} : { others }) }
}

function foldParts(combine: BatchFigures['combine'], rest: readonly [Part, number][]): BatchFigures['others'] {
  const [first, ...more] = rest.map(([part]) => part)
  if (first === undefined) return undefined
  const value = more.reduce((sum, part) => bounded(combineMeasures(combine, sum, part.value)), first.value)
  const records = rest.reduce((sum, [part]) => sum + part.records, 0)
  const series = rest.reduce((sum, [, count]) => sum + count, 0)
  return { series, value: finishMeasure(combine, value, records), records }
}

/** Sums of finite numbers may leave the range of numbers; JSON knows no infinity. */
export function bounded(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
}
