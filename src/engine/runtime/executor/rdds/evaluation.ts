import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { Exchange } from '#engine/runtime/executor/exchange/exchange.ts'
import type { Meter } from '#engine/runtime/executor/jobs/meter.ts'
import type { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import type { Rdd, Records, Shipment } from './rdd.ts'

/** Says which node is about to run; only in traced batches. */
export type Trace = (node: string) => void

/** What a batch's jobs compute with. */
export interface BatchTools {
  readonly plan: LoadedPlan
  readonly executor: number
  readonly executors: number
  readonly exchange: Exchange
  readonly meter: Meter
  readonly shared: SharedVariables
  readonly order: Pick<BatchOrder, 'timeMs' | 'traced' | 'account' | 'slow'>
  /** Wall ms, for a partition that is slow on demand; NaN where there is no clock. */
  readonly now: () => number
  readonly trace: Trace
}

/** What computing one RDD may ask for.
 *  Fails: all of it throws a JobFailure with the address of what threw */
export interface Evaluation {
  readonly tools: BatchTools
  /** The records of every own partition. */
  records(rdd: Rdd): ReadonlyMap<number, Records>
  /** The records of one own partition. */
  partition(rdd: Rdd, partition: number): Records
  /** What was exchanged with the parent in this place. */
  exchanged(rdd: Rdd, place: number): readonly Shipment[]
  /** Says which node runs from here on, for finding one that hangs. */
  enter(node: string | undefined): void
  /** What came from the driver for a partition. */
  payload(rdd: Rdd, partition: number): Records
}
