import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import { MapWithStateDStream } from '#engine/runtime/driver/dstreams/map-with-state-dstream.ts'
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
  for (const { stream: key, timeMs, partitions: payloads, partitioner, keys, hasMapped } of stored.states.states) {
    const stream = plan.streams[ids.get(key) ?? -1]
    if (stream === undefined) continue
    const handle = context.lineage.make(
      stream,
      timeMs,
      { kind: 'restored', partitions: payloads.length, partitioner },
      { payloads },
    )
    const made = graph.streams[stream.id]
    if (made instanceof MapWithStateDStream && !hasMapped) made.restoreBase(timeMs, handle)
    else made?.restore(timeMs, handle)
    snapshots.push(handle)
    counted.set(stream.node, keys)
    stateMs = Math.max(stateMs, timeMs)
  }
  context.blocks.restore(stored.blocks, stored.allocations)
  const keys = Object.fromEntries(counted)
  return { snapshots, report: Number.isFinite(stateMs) ? { stateMs, keys } : { keys } }
}
