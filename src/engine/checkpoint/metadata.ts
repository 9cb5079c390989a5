import * as v from 'valibot'
import { err, ok, type Result } from '#engine/model/result.ts'
import { countForm, listForm, nameForm, timeForm } from './bounds.ts'
import { foldedForm } from './figure-log.ts'

/** Metadata takes turns in two places, so that one of them stays whole whatever happens. */
export type MetadataSlot = 0 | 1
export const metadataSlots: readonly MetadataSlot[] = [0, 1]
export const metadataKey = (slot: MetadataSlot): string => `metadata/${slot}`

/** Of batches that wait, of states and of gaps: far more than memory has room for. */
const MANY = 1_000_000
const speed = v.union([v.pipe(v.number(), v.minValue(0.001), v.maxValue(1_000_000)), v.literal('max')])

const metadata = v.object({
  /** 4: wholes may be in pieces. 3: states are written in columns; those of 2 are read too, see saved-partition.ts. */
  version: v.picklist([2, 3, 4]),
  /** Counts the metadata written; of two, the higher one is newer. */
  seq: countForm,
  /** Wall ms. */
  savedAtMs: timeForm,
  /** The context was active when it was written. */
  running: v.boolean(),
  /** The document that runs, as JSON: Spark's serialised graph. */
  pipeline: v.unknown(),
  /** What `local[*]` stood for. */
  machineCores: countForm,
  zeroMs: timeForm,
  /** The newest batch that was generated; zero time before the first. */
  checkpointMs: timeForm,
  clock: v.object({ kind: v.picklist(['virtual', 'real']), speed, paused: v.boolean() }),
  /** Batches submitted and not finished. */
  pending: listForm(timeForm, MANY),
  /** Batch times that were left out: [first, last]. */
  gaps: v.optional(listForm(v.tuple([timeForm, timeForm]), MANY)),
  /** Nodes that have no RDD up to a time, because they or what is before them was another until then: [node, time]. */
  born: v.optional(listForm(v.tuple([nameForm, timeForm]), MANY)),
  /** The batch of this time need not run again after a restart, though it is the newest. */
  settledMs: v.optional(timeForm),
  /** Stored states, by what became other as well as whole: [stream key, batch time]. */
  snapshots: listForm(v.tuple([nameForm, timeForm]), MANY),
  nextBlockId: countForm,
  /** Charts and counters; see figure-log.ts. */
  figures: v.optional(foldedForm),
})

/** The metadata checkpoint: configuration, operations, incomplete batches, and where the data lies.
 *  Source: Checkpoint.scala; dstream-semantics §11.4 */
export type Metadata = v.InferOutput<typeof metadata>

/** Fails: why the text is no metadata of this version */
export function parseMetadata(text: string): Result<Metadata, string> {
  try {
    const parsed = v.safeParse(metadata, JSON.parse(text))
    return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues))
  } catch (error) {
    return err(String(error))
  }
}
