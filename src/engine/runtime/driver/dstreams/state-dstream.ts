import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { ChainedDStream } from './chained-dstream.ts'
import type { DStream, GraphContext } from './dstream.ts'

/** The state of every key after each batch.
 *  Source: StateDStream.compute; dstream-semantics §6.1 */
export class StateDStream extends ChainedDStream {
  constructor(stream: PlanStream, parents: readonly DStream[], context: GraphContext) {
    super(stream, parents, context)
    invariant(stream.spec.kind === 'state', 'kinds agree')
    this.checkpointMs = stream.checkpointMs ?? stream.spec.checkpointMs
  }

  protected override follow(previous: RddHandle | undefined, timeMs: number): RddHandle | undefined {
    const parent = this.parent().getOrCompute(timeMs)
    if (previous === undefined && parent === undefined) return undefined
    const parents = [previous, parent].filter((rdd) => rdd !== undefined)
    const body = {
      kind: 'state',
      previous: previous?.spec.id,
      parent: parent?.spec.id,
      useInitial: previous === undefined,
    } as const
    return this.make(timeMs, body, parents)
  }
}
