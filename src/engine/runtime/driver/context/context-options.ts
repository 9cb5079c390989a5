import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { Allocation } from '#engine/runtime/driver/executors/allocation.ts'
import type { SparkContext } from '#engine/runtime/driver/executors/spark-context.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import type { OpenReceiverWorker } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import type { ConnectSink } from '#engine/runtime/driver/sinks/sink-connection.ts'
import type { ActiveContext } from './active-context.ts'
import type { RunListener } from './run-listener.ts'

/** All that a run is made of; `Context` is the StreamingContext itself. */
export interface ContextOptions<Context> {
  readonly pipeline: Pipeline
  readonly plan: Plan
  /** What `local[*]` stands for. */
  readonly machineCores: number
  readonly clock: BatchClock
  readonly timers: Timers
  readonly listener: RunListener
  readonly connect: Connect
  /** The way to where output operations send; absent: nothing can be sent from here, and what should be fails. */
  readonly connectSink?: ConnectSink
  /** Where custom receivers run; without it there are none. */
  readonly openReceiver?: OpenReceiverWorker
  /** Used when the pipeline checkpoints. */
  readonly store: CheckpointStore
  /** When states are stored whole, in place of what suits users. */
  readonly pace?: Pace
  /** Takes what output operations save. */
  readonly files: OutputFiles
  /** How many executors run a batch, in place of what the configuration says. */
  readonly allocation?: Allocation
  /** Executors that outlive the run, for one that is stopped without them. */
  readonly sparkContext?: SparkContext
  /** Shared by all contexts of the tab or the process, of which one may be active. */
  readonly active?: ActiveContext<Context>
}

export interface StopOptions {
  /** Runs everything received, and waits for it. */
  readonly graceful: boolean
  /** Whether executors end as well; as spark.streaming.stopSparkContextByDefault says, where it is left out. */
  readonly stopSparkContext?: boolean
}

export interface RestartOptions {
  /** Whether the batches of the down time are left out; as sluice.skipMissedBatches says, where it is left out. */
  readonly skipMissed?: boolean | undefined
}
