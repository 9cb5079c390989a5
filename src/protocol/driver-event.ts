import type { BatchData, BatchFailure } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { CatchUp, Skipped } from '#engine/model/catch-up.ts'
import type { Incident, PastIncidents } from '#engine/model/incident.ts'
import type {
  ClockState,
  ContextState,
  LostInput,
  ReceiverState,
  RecoveryReport,
  RunWarning,
  Totals,
} from '#engine/model/run-state.ts'
import type { SinkState } from '#engine/model/sink-state.ts'
import type { StateFate } from '#engine/model/state-fate.ts'

/** What the driver tells the page, in order. At most about 30 `frame`s a second; a frame replaces the one before. */
export type DriverEvent =
  | { readonly kind: 'context'; readonly state: ContextState; readonly clock: ClockState; readonly stopReason?: string }
  /** Batches whose info changed since the last frame (newest 200 at most), and the newest completed batch's data. */
  | {
      readonly kind: 'frame'
      readonly clock: ClockState
      readonly batches: readonly BatchInfo[]
      readonly totals: Totals
      /** While the run makes up for batches it missed. */
      readonly catchUp?: CatchUp
      readonly newest?: BatchData
      /** Outputs of completed batches since the last frame, oldest first: newest 50 batches at most, and of up to 300 the figures. */
      readonly outputs: readonly { readonly timeMs: number; readonly outputs: BatchData['outputs'] }[]
    }
  | { readonly kind: 'failure'; readonly failure: BatchFailure }
  | { readonly kind: 'receivers'; readonly receivers: readonly ReceiverState[] }
  /** Outputs that send to a server. */
  | { readonly kind: 'sinks'; readonly sinks: readonly SinkState[] }
  | { readonly kind: 'recovered'; readonly report: RecoveryReport; readonly before: PastIncidents }
  /** A batch needs received records that nobody has any more. */
  | { readonly kind: 'lost'; readonly lost: LostInput }
  /** The executors hung or died; the page must remove the frame, build it again and call `attach`. */
  | { readonly kind: 'executorsLost'; readonly reason: string; readonly node?: string }
  | { readonly kind: 'checkpoint'; readonly timeMs: number; readonly bytes: number; readonly durationMs: number }
  /** Why checkpoints cannot be written now; undefined: they can again. */
  | { readonly kind: 'checkpointTrouble'; readonly reason: string | undefined }
  /** Files of this pipeline were saved or deleted; at most twice a second. */
  | { readonly kind: 'files'; readonly pipelineId: string }
  /** Something was lost, or is known better; the latest of an id replaces the one before. */
  | { readonly kind: 'incident'; readonly incident: Incident }
  /** Another tab has claimed the pipeline; the run ends at once, and `context` STOPPED follows. */
  | { readonly kind: 'fenced' }
  /** An edited document has taken a checkpoint over. */
  | { readonly kind: 'carried'; readonly fates: readonly StateFate[] }
  /** Batches that were missed are left out. */
  | { readonly kind: 'skipped'; readonly skipped: Skipped }
  | ({ readonly kind: 'warning' } & RunWarning)
