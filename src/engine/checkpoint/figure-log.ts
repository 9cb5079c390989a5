import * as v from 'valibot'
import type { BatchFigures } from '#engine/model/batch-figures.ts'
import { MAX_NODES } from '#engine/model/limits.ts'
import { countForm as count, listForm, nameForm, timeForm as time } from './bounds.ts'

// The figures of charts and counters: an entry per completed batch, written in the step whose metadata no longer names the batch as
// pending, and totals of what is older in the metadata itself. So whichever metadata a driver finds, it finds each batch counted once.

export const figuresKey = (timeMs: number): string => `figures/${timeMs}`

/** Beyond what any chart shows. */
const MAX_POINTS = 100_000
/** Batches that may run again, however old they are. */
const MAX_KEPT = 1_000_000

const number = v.pipe(v.number(), v.finite())
const figuresForm: v.GenericSchema<unknown, BatchFigures> = v.object({
  view: v.variant('kind', [
    v.object({ kind: v.literal('counter') }),
    v.object({
      kind: v.literal('chart'),
      form: v.picklist(['lines', 'bars', 'ranking']),
      top: count,
    }),
  ]),
  combine: v.picklist(['sum', 'count', 'average', 'least', 'greatest']),
  points: listForm(v.object({ series: v.string(), value: number, records: count }), MAX_POINTS),
  others: v.exactOptional(v.object({ series: count, value: number, records: count })),
})
const entryForm = v.object({ timeMs: time, outputs: listForm(v.tuple([nameForm, figuresForm]), MAX_NODES) })

/** The part of the metadata that tells which entries count beside it. */
export const foldedForm = v.object({
  /** By node: what the counters came to in the batches whose entries are gone. */
  totals: v.record(v.string(), number),
  /** Batches up to this one are in the totals, but for those in `kept`. */
  foldedMs: v.nullable(time),
  kept: listForm(time, MAX_KEPT),
})

/** Absent in a pipeline without charts and counters. */
export type FoldedFigures = v.InferOutput<typeof foldedForm>

/** What the charts and counters of a batch measured, by node. Totals are not part of it. */
export interface StoredFigures {
  readonly timeMs: number
  readonly outputs: readonly (readonly [node: string, figures: BatchFigures])[]
}

export function printFigures(figures: StoredFigures): string {
  return JSON.stringify(figures)
}

/** The entries that the metadata counts on, oldest first, and the keys of those that cannot be read. */
export function readFigureLog(
  entries: ReadonlyMap<string, string>,
  folded: FoldedFigures | undefined,
): { readonly figures: readonly StoredFigures[]; readonly damaged: readonly string[] } {
  const figures: StoredFigures[] = []
  const damaged: string[] = []
  const foldedMs = folded?.foldedMs ?? Number.NEGATIVE_INFINITY
  for (const [key, text] of entries) {
    if (!key.startsWith('figures/')) continue
    const entry = parse(text)
    if (entry === undefined) damaged.push(key)
    else if (entry.timeMs > foldedMs || folded?.kept.includes(entry.timeMs)) figures.push(entry)
  }
  return { figures: figures.sort((a, b) => a.timeMs - b.timeMs), damaged }
}

function parse(text: string): StoredFigures | undefined {
  try {
    const parsed = v.safeParse(entryForm, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
