import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { ChainedDStream } from './chained-dstream.ts'
import type { DStream, GraphContext } from './dstream.ts'

/** Slides between two checkpoints, and so between two looks for keys that time out. */
const CHECKPOINT_SLIDES = 10

/** The states of all keys, and what the function mapped in each batch. It has an RDD in every batch, also without data.
 *  Source: InternalMapWithStateDStream; dstream-semantics §6.2 */
export class MapWithStateDStream extends ChainedDStream {
  constructor(stream: PlanStream, parents: readonly DStream[], context: GraphContext) {
    super(stream, parents, context)
    invariant(stream.spec.kind === 'mapWithState', 'kinds agree')
    this.checkpointMs = stream.checkpointMs ?? stream.spec.checkpointMs ?? CHECKPOINT_SLIDES * stream.slideMs
  }

  protected override follow(previous: RddHandle | undefined, timeMs: number): RddHandle {
    const parent = this.parent().getOrCompute(timeMs)
    const parents = [previous, parent].filter((rdd) => rdd !== undefined)
    return this.make(timeMs, { kind: 'mapWithState', previous: previous?.spec.id, parent: parent?.spec.id }, parents)
  }
}
