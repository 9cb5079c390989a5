import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/lineage.ts'
import { DStream, type GraphContext } from './dstream.ts'

/** Slides between two checkpoints, and so between two looks for keys that time out. */
const CHECKPOINT_SLIDES = 10

/** The states of all keys, and what the function mapped in each batch. It has an RDD in every batch, also without data.
 *  Source: InternalMapWithStateDStream; dstream-semantics §6.2 */
export class MapWithStateDStream extends DStream {
  constructor(stream: PlanStream, parents: readonly DStream[], context: GraphContext) {
    super(stream, parents, context)
    invariant(stream.spec.kind === 'mapWithState', 'kinds agree')
    this.checkpointMs = stream.spec.checkpointMs ?? CHECKPOINT_SLIDES * stream.slideMs
  }

  protected override compute(timeMs: number): RddHandle {
    const previous = this.getOrCompute(timeMs - this.slideMs)
    const parent = this.parent().getOrCompute(timeMs)
    const parents = [previous, parent].filter((rdd) => rdd !== undefined)
    return this.make(timeMs, { kind: 'mapWithState', previous: previous?.spec.id, parent: parent?.spec.id }, parents)
  }
}
