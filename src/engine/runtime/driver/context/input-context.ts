import type { Plan } from '#engine/compile/plan.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import { Gaps } from '#engine/runtime/driver/graph/gaps.ts'
import { Lineage } from '#engine/runtime/driver/graph/lineage.ts'
import type { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { InputInfoTracker } from '#engine/runtime/driver/receivers/input-info-tracker.ts'

/** What all streams of one run share, before its time has begun. */
export function makeInputContext(
  { batchMs }: Pick<Plan, 'batchMs'>,
  blocks: BlockTracker,
  onLost: InputContext['onLost'],
): InputContext {
  return {
    batchMs,
    lineage: new Lineage(),
    zeroMs: 0,
    gaps: new Gaps(),
    inputInfo: new InputInfoTracker(),
    blocks,
    onLost,
  }
}
