import { type BatchFigures, combineMeasures, finishMeasure, unfinishMeasure } from '#engine/model/batch-figures.ts'
import type { Json } from '#engine/model/json.ts'
import { decode } from '#ui/outputs/print-layout.ts'
import { printCell } from '#ui/print/cell.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'

/** One batch of a chart or counter. */
export interface FigureEntry {
  readonly timeMs: number
  readonly figures: BatchFigures
}

export interface Series {
  /** As FigurePoint.series; undefined: all that are not drawn apart. */
  readonly id: string | undefined
  /** Colour, dashes and hatching: 1 to 8, or 0 for the others. */
  readonly slot: number
  /** By batch; undefined where there is no point. */
  readonly values: readonly (number | undefined)[]
}

export interface ChartModel {
  readonly times: readonly number[]
  /** The greatest first, the others last. */
  readonly series: readonly Series[]
  readonly slots: ReadonlyMap<string, number>
}

export const MOST_SLOTS = 8

/** The figures of one node, oldest batch first. */
export function figuresOf(entries: readonly OutputEntry[], node: string): readonly FigureEntry[] {
  return entries
    .flatMap(({ timeMs, outputs }) =>
      outputs.flatMap((output) =>
        output.node === node && output.figures !== undefined ? [{ timeMs, figures: output.figures }] : [],
      ),
    )
    .sort((a, b) => a.timeMs - b.timeMs)
}

/** The series that are greatest over these batches: the sum of the sizes of their numbers, ties by name. */
export function chooseSeries(entries: readonly FigureEntry[], top: number): readonly string[] {
  const sums = new Map<string, number>()
  for (const { figures } of entries)
    for (const { series, value } of figures.points) sums.set(series, (sums.get(series) ?? 0) + Math.abs(value))
  const ranked = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return ranked.slice(0, top).map(([series]) => series)
}

/** What to draw of these batches. A series keeps the slot that it had in `before`, so that colours do not move. */
export function layChart(
  entries: readonly FigureEntry[],
  top: number,
  before: ReadonlyMap<string, number> = new Map(),
): ChartModel {
  const chosen = chooseSeries(entries, top)
  const slots = assignSlots(chosen, before)
  const series = chosen.map(
    (id): Series => ({ id, slot: slots.get(id) ?? 0, values: entries.map(({ figures }) => pointOf(figures, id)) }),
  )
  const others = entries.map(({ figures }) => othersOf(figures, slots))
  const rest: readonly Series[] = others.some((value) => value !== undefined)
    ? [{ id: undefined, slot: 0, values: others }]
    : []
  return { times: entries.map(({ timeMs }) => timeMs), series: [...series, ...rest], slots }
}

/** Free slots go to those that have none, lowest first. */
function assignSlots(chosen: readonly string[], before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const kept = chosen.flatMap((id) => {
    const slot = before.get(id)
    return slot === undefined ? [] : [[id, slot] as const]
  })
  const taken = new Set(kept.map(([, slot]) => slot))
  const free = Array.from({ length: MOST_SLOTS }, (_, index) => index + 1).filter((slot) => !taken.has(slot))
  const slots = new Map(kept)
  for (const id of chosen) if (!slots.has(id)) slots.set(id, free.shift() ?? 0)
  return slots
}

function pointOf({ points, combine }: BatchFigures, id: string): number | undefined {
  const point = points.find(({ series }) => series === id)
  return point?.value ?? (isTotal(combine) ? 0 : undefined)
}

/** No numbers add up to 0; of none there is no average, least or greatest. */
function isTotal(combine: BatchFigures['combine']): boolean {
  return combine === 'sum' || combine === 'count'
}

function othersOf({ points, others, combine }: BatchFigures, apart: ReadonlyMap<string, number>): number | undefined {
  const parts = [...points.filter(({ series }) => !apart.has(series)), ...(others === undefined ? [] : [others])]
  const [first, ...more] = parts.map(({ value, records }) => unfinishMeasure(combine, value, records))
  if (first === undefined) return undefined
  const records = parts.reduce((sum, part) => sum + part.records, 0)
  return finishMeasure(
    combine,
    more.reduce((sum, value) => combineMeasures(combine, sum, value), first),
    records,
  )
}

/** A series' name as a person reads it; undefined for the one that has none. */
export function printSeries(id: string): string | undefined {
  if (id === '') return undefined
  try {
    const key: Json = JSON.parse(id)
    return printCell(decode(key))
  } catch {
    return id
  }
}
