import type { StreamLineage } from '#engine/model/lineage.ts'
import { ChainedDStream } from '#engine/runtime/driver/dstreams/chained-dstream.ts'
import type { DStream } from '#engine/runtime/driver/dstreams/dstream.ts'
import { charsOfBlock } from '#engine/runtime/driver/receivers/block-text.ts'
import type { KeptPayload } from '#engine/runtime/wire.ts'
import type { RddHandle } from './lineage.ts'

/** A chain that is longer is counted no further. */
const MOST = 100_000

/** How far each stream that goes on from itself leads back, newest RDD first: to a data checkpoint, or to its first batch.
 *  Streams without an RDD yet are left out. Source: RDD.dependencies, RDDCheckpointData; dstream-semantics §11.3 */
export function measureLineage(streams: readonly DStream[], meanBatchMs: number | undefined): readonly StreamLineage[] {
  return streams.flatMap((stream) => {
    if (!(stream instanceof ChainedDStream)) return []
    const newest = newestOf(stream.remembered())
    return newest === undefined ? [] : [measure(stream, newest, meanBatchMs)]
  })
}

/** RDDs from this one back to a checkpoint, itself included when it is none. */
export function chainLength(newest: RddHandle): { readonly depth: number; readonly cut: RddHandle | undefined } {
  let depth = 0
  let rdd: RddHandle | undefined = newest
  while (rdd !== undefined && !rdd.checkpointed && depth < MOST) {
    depth += 1
    const { stream }: RddHandle['spec'] = rdd.spec
    rdd = rdd.parents.find((parent) => parent.spec.stream === stream)
  }
  return { depth, cut: rdd?.checkpointed === true ? rdd : undefined }
}

function measure(dstream: ChainedDStream, newest: RddHandle, meanBatchMs: number | undefined): StreamLineage {
  const { stream, slideMs, checkpointMs } = dstream
  const { depth, cut } = chainLength(newest)
  return {
    node: stream.node,
    stream: stream.id,
    visible: stream.visible,
    newestMs: newest.spec.timeMs,
    depth,
    slideMs,
    ...(checkpointMs === undefined ? {} : { checkpointMs }),
    ...(cut === undefined ? {} : { cutMs: cut.spec.timeMs, bytes: sizeOf(cut), partitions: cut.payloads.length }),
    ...(meanBatchMs === undefined ? {} : { recoveryMs: depth * meanBatchMs }),
  }
}

function newestOf(rdds: ReadonlyMap<number, RddHandle>): RddHandle | undefined {
  let newest: RddHandle | undefined
  for (const rdd of rdds.values()) if (newest === undefined || rdd.spec.timeMs > newest.spec.timeMs) newest = rdd
  return newest
}

/** Characters, which are bytes for the most part. */
function sizeOf({ payloads }: RddHandle): number {
  return payloads.reduce((sum, payload) => sum + charsOf(payload), 0)
}

function charsOf(payload: KeptPayload): number {
  if (payload.kind !== 'saved') return charsOfBlock(payload)
  return payload.texts.reduce((sum, text) => sum + text.length, payload.mapped?.length ?? 0)
}
