import type { Plan } from '#engine/compile/plan.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { Checkpointer } from '#engine/runtime/driver/context/checkpointer.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import type { IncidentLog } from '#engine/runtime/driver/faults/incident-log.ts'
import type { DStreamGraph } from '#engine/runtime/driver/graph/dstream-graph.ts'
import type { FigureLedger } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import type { ReceiverTracker } from '#engine/runtime/driver/receivers/receiver-tracker.ts'
import type { JobScheduler } from './job-scheduler.ts'

export interface GeneratorOptions {
  readonly pipeline: Pipeline
  readonly plan: Plan
  readonly machineCores: number
  readonly clock: BatchClock
  readonly timers: Timers
  readonly listener: RunListener
  readonly graph: DStreamGraph
  readonly context: InputContext
  readonly scheduler: JobScheduler
  readonly ledger: FigureLedger
  readonly receivers: ReceiverTracker
  readonly checkpointer: Checkpointer | undefined
  readonly incidents: IncidentLog
  /** Something that cannot be has happened: the run must end and say so. */
  onBroken(thrown: unknown): void
}
