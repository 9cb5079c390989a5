import type { StreamId } from '#engine/operator/stream-spec.ts'

/** Number of an RDD, unique within a run of the driver. */
export type RddId = number

/** How an RDD's partitions come to be. `parents` are RDDs of the streams that the plan names.
 *  Source: core/rdd/*, dstream-semantics §3–§7 */
export type RddBody =
  /** Its records arrive beside the spec. */
  | { readonly kind: 'blocks'; readonly partitions: number }
  /** Rows [from, to) of a simulated source whose row 0 comes after `zeroMs`. */
  | { readonly kind: 'simulated'; readonly from: number; readonly to: number; readonly zeroMs: number }
  /** narrow, partitionwise, union, appended, shuffled, cogrouped, windowed: what the stream does with its parents' records. */
  | { readonly kind: 'derived'; readonly parents: readonly RddId[] }
  /** windowed: the parents of the window before, but for the first of them, and then others. For executors that know the window before: to name all
   *  takes as long as a slide. */
  | {
      readonly kind: 'slid'
      readonly previous: RddId
      readonly leaving: number
      readonly entering: readonly RddId[]
    }
  /** `old` left the window since `previous`, `recent` entered it. */
  | {
      readonly kind: 'reducedWindow'
      readonly previous: RddId | undefined
      readonly old: readonly RddId[]
      readonly recent: readonly RddId[]
    }
  /** `parent` undefined: the function runs for every key with no values. `useInitial`: the first batch of the stream. */
  | {
      readonly kind: 'state'
      readonly previous: RddId | undefined
      readonly parent: RddId | undefined
      readonly useInitial: boolean
    }
  /** `parent` undefined: no data. A checkpointed one also looks for keys that time out. */
  | { readonly kind: 'mapWithState'; readonly previous: RddId | undefined; readonly parent: RddId | undefined }
  /** A checkpointed RDD: its records arrive beside the spec. */
  | { readonly kind: 'restored'; readonly partitions: number; readonly partitioner: number | undefined }

/** One RDD of the lineage, as the driver tells executors. */
export interface RddSpec {
  readonly id: RddId
  readonly stream: StreamId
  readonly timeMs: number
  /** Its records are wanted back once a job has made it. */
  readonly checkpoint: boolean
  readonly body: RddBody
}

/** The RDDs that must exist before this one, as far as it names them. */
export function parentIds(body: RddBody): readonly RddId[] {
  switch (body.kind) {
    case 'derived':
      return body.parents
    case 'slid':
      return [body.previous, ...body.entering]
    case 'reducedWindow':
      return [...(body.previous === undefined ? [] : [body.previous]), ...body.old, ...body.recent]
    case 'state':
    case 'mapWithState':
      return [body.previous, body.parent].filter((id) => id !== undefined)
    default:
      return []
  }
}
