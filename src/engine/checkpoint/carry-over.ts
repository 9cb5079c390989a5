import type { Plan } from '#engine/compile/plan.ts'
import { unchangedNodes } from '#engine/compile/same-program.ts'
import { type Program, stateFates } from '#engine/compile/state-fates.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import type { StoredRun } from './entries.ts'

/** What an edited document takes over of a stored run. */
export interface CarriedRun {
  readonly stored: StoredRun
  /** What became of each state. */
  readonly fates: readonly StateFate[]
}

/** A stored run as if the edited document had left it: the states that it keeps, as of the last batch; received blocks of sources that are
 *  as they were. Batch times go on; what changed has no RDD before them. Nothing is left to run again. */
export function carryOver(stored: StoredRun, saved: Program, edited: Program): CarriedRun {
  const { metadata } = stored
  const fates = stateFates(saved, edited)
  const kept = new Set(fates.filter(({ lost }) => lost === undefined).map(({ node }) => node))
  const keys = streamKeys(saved.plan)
  const isKept = (key: string): boolean => kept.has(saved.plan.streams[keys.indexOf(key)]?.node ?? '')
  const unchanged = unchangedNodes(saved.pipeline, edited.pipeline)
  const bornBefore = new Map(metadata.born ?? [])
  const born = edited.pipeline.nodes.flatMap(({ id }): [string, number][] => {
    const bornMs = unchanged.has(id) ? bornBefore.get(id) : metadata.checkpointMs
    return bornMs === undefined ? [] : [[id, bornMs]]
  })
  const sources = sameSources(saved.plan, edited.plan, unchanged)
  return {
    fates,
    stored: {
      ...stored,
      metadata: {
        ...metadata,
        pipeline: edited.pipeline,
        pending: [],
        born,
        settledMs: metadata.checkpointMs,
        snapshots: metadata.snapshots.filter(([key]) => isKept(key)),
      },
      states: { ...stored.states, states: stored.states.states.filter(({ stream }) => isKept(stream)) },
      blocks: stored.blocks.filter(({ inputStreamId }) => sources.has(inputStreamId)),
    },
  }
}

/** Ids of input streams that are the same in both plans. */
function sameSources(saved: Plan, edited: Plan, unchanged: ReadonlySet<string>): ReadonlySet<number> {
  const nodes = new Map(saved.inputs.map(({ inputStreamId, node }) => [inputStreamId, node]))
  return new Set(
    edited.inputs
      .filter(({ inputStreamId, node }) => nodes.get(inputStreamId) === node && unchanged.has(node))
      .map(({ inputStreamId }) => inputStreamId),
  )
}

/** The plan with as many partitions in each stateful stream as its stored state has: a state that was carried over keeps its partitions. */
export function fitPartitions(plan: Plan, { states }: Pick<StoredRun, 'states'>): Plan {
  const stored = new Map(states.states.map(({ stream, partitions }) => [stream, partitions.length]))
  const keys = streamKeys(plan)
  const streams = plan.streams.map((stream) => {
    const partitions = stored.get(keys[stream.id] ?? '')
    const { spec } = stream
    if (partitions === undefined || (spec.kind !== 'state' && spec.kind !== 'mapWithState')) return stream
    return spec.partitions === partitions ? stream : { ...stream, spec: { ...spec, partitions } }
  })
  return streams.every((stream, id) => stream === plan.streams[id]) ? plan : { ...plan, streams }
}
