// What can be said of a running pipeline as a whole; of one batch see batch-info.ts and batch-data.ts.

import type { CodeFrame, OutputsOfBatch } from './batch-data.ts'

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
  /** Where its records come from; of a receiver in the user's code the name of its class, or empty. */
  readonly address: string
  /** Records received since start. */
  readonly records: number
  /** Of these, records that the rate limit lets into a later block. */
  readonly waitingRecords: number
  /** Records a second that may pass; absent = no limit. */
  readonly rateLimit?: number
  /** Share of the last seconds, 0 to 1, in which its source was made to wait; absent where it cannot be made to, while there is no connection, and under a
   *  virtual clock, where the seconds of batches are not those of the source. */
  readonly heldShare?: number
  readonly lastError?: string
  /** The calls in the user's code that led to it, the innermost first. */
  readonly errorFrames?: readonly CodeFrame[]
  /** Wall ms of the next try, while waiting. */
  readonly retryAtMs?: number
  /** While waiting: another receiver will be made in its place, where otherwise the same one goes on. */
  readonly isRelaunch?: boolean
  /** What the receiver's code logged last. */
  readonly lastLine?: string
}

/** What the driver noticed, which may concern a node. */
export interface RunWarning {
  readonly message: string
  readonly node?: string
  /** The calls in the user's code that led to it, the innermost first. */
  readonly frames?: readonly CodeFrame[]
}

export interface RecoveryReport {
  /** What charts and counters had shown, oldest batch first. */
  readonly figures?: readonly OutputsOfBatch[]
  /** Newest metadata checkpoint. */
  readonly checkpointMs: number
  /** Newest state snapshot that was used; undefined when there was none yet. */
  readonly stateMs?: number
  /** Keys in the restored state, by node. */
  readonly keys: Readonly<Record<string, number>>
  /** Batches that run again or were missed: pending, then down time. */
  readonly rerunMs: readonly number[]
  readonly rerunCount: number
  /** Of these, those of the down time. */
  readonly missedCount: number
  /** Received blocks restored from the log, with their records. */
  readonly blocks: number
}

/** Received records that a batch needs and nobody has: the driver that had them in memory died, and no write-ahead log holds them. */
export interface LostInput {
  readonly timeMs: number
  readonly node: string
  readonly records: number
  readonly blocks: number
}

/** Figures of the whole run, in Spark's words. */
export interface Totals {
  readonly completedBatches: number
  readonly waitingBatches: number
  readonly totalRecords: number
  readonly failedBatches: number
}
