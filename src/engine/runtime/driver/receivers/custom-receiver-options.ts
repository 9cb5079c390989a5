import type { BroadcastSetting } from '#engine/model/pipeline.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import type { OpenReceiverWorker } from './receiver-worker.ts'
import type { SupervisorOptions } from './supervisor.ts'

export interface CustomReceiverOptions extends SupervisorOptions {
  /** The user's expression. */
  readonly code: string
  /** Where it stands. */
  readonly param: string
  readonly prelude: string | undefined
  readonly broadcasts: readonly BroadcastSetting[]
  readonly openWorker: OpenReceiverWorker
  /** In which the worker must answer. */
  readonly deadlineMs: number
  /** Whether the block is stored, logged and accepted. */
  onWholeBlock(payload: BlockPayload, records: number): Promise<boolean>
}
