import type { PlanStream } from '#engine/compile/plan.ts'
import type { LostInput } from '#engine/model/run-state.ts'
import type { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import type { InputInfoTracker } from '#engine/runtime/driver/receivers/input-info-tracker.ts'
import { DStream, type GraphContext } from './dstream.ts'

/** What input streams have beside their graph. */
export interface InputContext extends GraphContext {
  readonly inputInfo: InputInfoTracker
  readonly blocks: BlockTracker
  /** A batch needs received records that nobody has any more. */
  onLost(lost: LostInput): void
}

/** A stream without parents. Source: InputDStream */
export abstract class InputDStream extends DStream {
  readonly inputStreamId: number
  protected readonly input: InputContext

  constructor(stream: PlanStream, inputStreamId: number, context: InputContext) {
    super(stream, [], context)
    this.inputStreamId = inputStreamId
    this.input = context
  }
}
