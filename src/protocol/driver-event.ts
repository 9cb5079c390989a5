import type { BatchData, BatchFailure } from './batch-data.ts'
import type { BatchInfo } from './batch-info.ts'

/** Source: StreamingContextState. */
export type ContextState = 'INITIALIZED' | 'ACTIVE' | 'STOPPED'

export interface ClockState {
  readonly kind: 'virtual' | 'real'
  readonly paused: boolean
  /** Virtual ms per wall ms; `max` = each batch as soon as the one before is done. Real clocks run at 1. */
  readonly speed: number | 'max'
  /** ms of batch time. */
  readonly nowMs: number
  readonly zeroMs: number
}

export interface ReceiverState {
  readonly node: string
  readonly streamId: number
  readonly state: 'connecting' | 'active' | 'waiting' | 'stopped'
  readonly address: string
  /** Records received since start. */
  readonly records: number
  readonly lastError?: string
  /** Wall ms of the next try, while waiting. */
  readonly retryAtMs?: number
}

export interface RecoveryReport {
  /** Newest metadata checkpoint. */
  readonly checkpointMs: number
  /** Newest state snapshot that was used; undefined when there was none yet. */
  readonly stateMs?: number
  /** Keys in the restored state, by node. */
  readonly keys: Readonly<Record<string, number>>
  /** Batches that run again or were missed: pending, then down time. */
  readonly rerunMs: readonly number[]
  readonly rerunCount: number
  /** Received blocks restored from the log. */
  readonly blocks: number
}

/** Figures of the whole run, in Spark's words. */
export interface Totals {
  readonly completedBatches: number
  readonly waitingBatches: number
  readonly totalRecords: number
  readonly failedBatches: number
}

/** What the driver tells the page, in order. At most about 30 `frame`s a second; a frame replaces the one before. */
export type DriverEvent =
  | { readonly kind: 'context'; readonly state: ContextState; readonly clock: ClockState; readonly stopReason?: string }
  /** Batches whose info changed since the last frame (newest 200 at most), and the newest completed batch's data. */
  | {
      readonly kind: 'frame'
      readonly clock: ClockState
      readonly batches: readonly BatchInfo[]
      readonly totals: Totals
      readonly newest?: BatchData
      /** Outputs of completed batches since the last frame, oldest first, newest 50 batches at most. */
      readonly outputs: readonly { readonly timeMs: number; readonly outputs: BatchData['outputs'] }[]
    }
  | { readonly kind: 'failure'; readonly failure: BatchFailure }
  | { readonly kind: 'receivers'; readonly receivers: readonly ReceiverState[] }
  | { readonly kind: 'recovered'; readonly report: RecoveryReport }
  /** The executors hung or died; the page must remove the frame, build it again and call `attach`. */
  | { readonly kind: 'executorsLost'; readonly reason: string; readonly node?: string }
  | { readonly kind: 'checkpoint'; readonly timeMs: number; readonly bytes: number; readonly durationMs: number }
  | { readonly kind: 'warning'; readonly message: string; readonly node?: string }
