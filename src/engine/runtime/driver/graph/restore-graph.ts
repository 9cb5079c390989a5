import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import type { DStreamGraph } from './dstream-graph.ts'
import type { RddHandle } from './lineage.ts'

/** Puts a stored run's data into a fresh graph: state as restored RDDs, received blocks into the batches they were allocated to.
 *  Source: DStreamCheckpointData.restore, ReceivedBlockTracker.recoverPastEvents */
export function restoreGraph(
  stored: StoredRun,
  graph: DStreamGraph,
  plan: Plan,
  context: InputContext,
): { readonly snapshots: readonly RddHandle[]; readonly report: Pick<RecoveryReport, 'stateMs' | 'keys'> } {
  const snapshots: RddHandle[] = []
  const counted = new Map<string, number>()
  let stateMs = Number.NEGATIVE_INFINITY
  const ids = new Map(streamKeys(plan).map((key, id) => [key, id]))
  for (const { stream: key, timeMs, partitions, partitioner } of stored.snapshots) {
    const stream = plan.streams[ids.get(key) ?? -1]
    if (stream === undefined) continue
    const payloads = partitions.map((text) => ({ kind: 'tagged', text }) as const)
    const handle = context.lineage.make(
      stream,
      timeMs,
      { kind: 'restored', partitions: partitions.length, partitioner },
      { payloads },
    )
    graph.streams[stream.id]?.restore(timeMs, handle)
    snapshots.push(handle)
    if (timeMs >= stateMs)
      counted.set(
        stream.node,
        partitions.reduce((sum, text) => sum + countOf(text), 0),
      )
    stateMs = Math.max(stateMs, timeMs)
  }
  context.blocks.restore(stored.blocks, stored.allocations)
  const keys = Object.fromEntries(counted)
  return { snapshots, report: Number.isFinite(stateMs) ? { stateMs, keys } : { keys } }
}

function countOf(tagged: string): number {
  const pairs: unknown = JSON.parse(tagged)
  return Array.isArray(pairs) ? pairs.length : 0
}
