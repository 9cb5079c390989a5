import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { Json } from '#engine/model/json.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import { DStreamGraph } from '#engine/runtime/driver/graph/dstream-graph.ts'
import { Gaps } from '#engine/runtime/driver/graph/gaps.ts'
import { Lineage } from '#engine/runtime/driver/graph/lineage.ts'
import { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { InputInfoTracker } from '#engine/runtime/driver/receivers/input-info-tracker.ts'
import type { NodeText } from './document.ts'

/** A graph without a context around it, not started: zero time will be 0. `input` replaces what the node `a` reads, by batch. */
export function makeGraph(
  nodes: Readonly<Record<string, NodeText>>,
  { settings = {}, input }: { readonly settings?: object; readonly input?: readonly (readonly Json[])[] } = {},
) {
  const feeds: Record<string, Feed> =
    input === undefined ? {} : { a: { kind: 'indexed', batches: input, partitions: 1 } }
  const plan = lowerPipeline(pipelineOf(nodes, settings), { machineCores: 2, feeds })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  const { batchMs } = plan.value
  const context: InputContext = {
    batchMs,
    lineage: new Lineage(),
    zeroMs: 0,
    onLost: () => {},
    gaps: new Gaps(),
    inputInfo: new InputInfoTracker(),
    blocks: new BlockTracker(),
  }
  const graph = new DStreamGraph(plan.value, context)
  /** The stream that a node hands on. */
  const streamOf = (node: string) => {
    const visible = plan.value.streams.find((stream) => stream.node === node && stream.visible)
    const stream = graph.streams[visible?.id ?? -1]
    if (stream === undefined) throw new Error(`no stream for ${node}`)
    return stream
  }
  /** Generates batches and clears each as soon as it is made. */
  const run = (batches: number): void => {
    for (let batch = 1; batch <= batches; batch++) {
      graph.generateJobs(batch * batchMs)
      graph.clearMetadata(batch * batchMs)
    }
  }
  return { plan: plan.value, graph, context, streamOf, run }
}
