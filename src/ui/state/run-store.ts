import type { StoreApi } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { BatchData, BatchFailure } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { CatchUp, Skipped } from '#engine/model/catch-up.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
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
import type { RunPhase } from './run-phase.ts'

/** Batches whose data and outputs the screen keeps; of how many the figures stay, spark.streaming.ui.retainedBatches says. */
export const KEPT_BATCHES = 300
/** Failures and warnings that the screen keeps. */
export const KEPT_MESSAGES = 200

/** Outputs of one completed batch. */
export interface OutputEntry {
  readonly timeMs: number
  readonly outputs: BatchData['outputs']
}

export type PoolState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly executors: number }
  | { readonly kind: 'lost'; readonly reason: string; readonly node?: string }
  /** The sandbox failed its own test: nothing may run in this browser. */
  | { readonly kind: 'refused'; readonly reason: string }

export interface CheckpointNote {
  /** Batch time. */
  readonly timeMs: number
  readonly bytes: number
  readonly durationMs: number
}

/** One replaceable whole: figures of the run, as of the last animation frame. */
export interface RunFigures {
  readonly phase: RunPhase
  /** The version of the document that runs or ran last; undefined before the first run. */
  readonly pipeline: Pipeline | undefined
  readonly context: ContextState
  readonly stopReason: string | undefined
  readonly clock: ClockState | undefined
  /** Newest spark.streaming.ui.retainedBatches, oldest first. */
  readonly batches: readonly BatchInfo[]
  readonly totals: Totals
  /** Newest completed batch. */
  readonly newest: BatchData | undefined
  /** Data of batches by time: the newest ones seen, and past ones that were asked for. */
  readonly data: ReadonlyMap<number, BatchData>
  /** Oldest first, newest KEPT_BATCHES batches. */
  readonly outputs: readonly OutputEntry[]
  /** Newest last. */
  readonly failures: readonly BatchFailure[]
  readonly warnings: readonly RunWarning[]
  readonly receivers: readonly ReceiverState[]
  readonly sinks: readonly SinkState[]
  readonly recovery: RecoveryReport | undefined
  /** While the run makes up for batches it missed. */
  readonly catchUp: CatchUp | undefined
  /** What became of the states when an edited document took a checkpoint over. */
  readonly carried: readonly StateFate[]
  /** Batches that were left out last. */
  readonly skipped: Skipped | undefined
  /** Received records that died with a driver, by batch that needed them. */
  readonly lost: readonly LostInput[]
  /** What went wrong, oldest first. */
  readonly incidents: readonly Incident[]
  readonly checkpoint: CheckpointNote | undefined
  /** Why checkpoints cannot be written now; the run goes on. */
  readonly checkpointTrouble: string | undefined
  /** Counts the driver's notices that saved files have changed. */
  readonly filesChanges: number
  readonly pool: PoolState
  /** Why the last start was refused. */
  readonly startDiagnostics: readonly Diagnostic[]
  /** How often our own driver died in this run and was started again, and of what the last time. */
  readonly driverRestarts: number
  readonly driverReason: string | undefined
}

export type RunStore = StoreApi<RunFigures>

export const EMPTY_TOTALS: Totals = { completedBatches: 0, waitingBatches: 0, totalRecords: 0, failedBatches: 0 }

/** A run store before anything ran. */
export const EMPTY_RUN: RunFigures = {
  phase: 'idle',
  pipeline: undefined,
  context: 'INITIALIZED',
  stopReason: undefined,
  clock: undefined,
  batches: [],
  totals: EMPTY_TOTALS,
  newest: undefined,
  data: new Map(),
  outputs: [],
  failures: [],
  warnings: [],
  receivers: [],
  sinks: [],
  recovery: undefined,
  catchUp: undefined,
  carried: [],
  skipped: undefined,
  lost: [],
  incidents: [],
  checkpoint: undefined,
  checkpointTrouble: undefined,
  filesChanges: 0,
  pool: { kind: 'none' },
  startDiagnostics: [],
  driverRestarts: 0,
  driverReason: undefined,
}

/** What belongs to this second. Only the engine client writes it, at most once per animation frame. */
export function createRunStore(): RunStore {
  return createStore<RunFigures>()(() => EMPTY_RUN)
}
