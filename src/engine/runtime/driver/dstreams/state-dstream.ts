import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/lineage.ts'
import { DStream, type GraphContext } from './dstream.ts'

/** The state of every key after each batch.
 *  Source: StateDStream.compute; dstream-semantics §6.1 */
export class StateDStream extends DStream {
  constructor(stream: PlanStream, parents: readonly DStream[], context: GraphContext) {
    super(stream, parents, context)
    invariant(stream.spec.kind === 'state', 'kinds agree')
    this.checkpointMs = stream.spec.checkpointMs
  }

  protected override get mustCheckpoint(): boolean {
    return true
  }

  protected override compute(timeMs: number): RddHandle | undefined {
    const previous = this.getOrCompute(timeMs - this.slideMs)
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
