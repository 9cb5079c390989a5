import type { BatchData, BatchFailure, CodeFrame } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Skipped } from '#engine/model/catch-up.ts'
import type { Incident, PastIncidents } from '#engine/model/incident.ts'
import type { ContextState, LostInput, ReceiverState, RecoveryReport } from '#engine/model/run-state.ts'
import type { SinkState } from '#engine/model/sink-state.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'

/** What a run tells of itself, in order, as it happens. Called from within the run: must not throw and must not call back at once.
 *  Source: StreamingListener; dstream-semantics §12 */
export interface RunListener {
  onState(state: ContextState, stopReason?: string): void
  /** Submitted, then started (see `status`), then each output operation started and ended but the last, whose end is the batch's. */
  onBatch(info: BatchInfo): void
  onBatchCompleted(info: BatchInfo, data: BatchData): void
  /** A failed job, a failed generation; the run goes on. */
  onFailure(failure: BatchFailure): void
  onReceivers(receivers: readonly ReceiverState[]): void
  /** Outputs that send to a server: at once when a connection turns, otherwise a few times a second. */
  onSinks?(sinks: readonly SinkState[]): void
  /** `before`: what is known of earlier losses, nothing of which will change. */
  onRecovered(report: RecoveryReport, before: PastIncidents): void
  /** New executors must be attached. */
  onExecutorsLost(loss: Loss): void
  onCheckpoint(checkpoint: { readonly timeMs: number; readonly bytes: number; readonly durationMs: number }): void
  /** Why checkpoints cannot be written now, while the run goes on; undefined: they can again. */
  onCheckpointTrouble?(reason: string | undefined): void
  /** Something was lost, or is known better; the latest of an id replaces the one before. */
  onIncident(incident: Incident): void
  /** Received records are gone that a batch needs. */
  onLost(lost: LostInput): void
  /** Batches were left out that were missed. */
  onSkipped(skipped: Skipped): void
  /** `frames`: the calls in the user's code that led to it. */
  onWarning(message: string, node?: string, frames?: readonly CodeFrame[]): void
}
