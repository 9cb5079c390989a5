import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { JobExchange } from '#engine/runtime/executor/exchange/exchange.ts'
import type { Meter } from '#engine/runtime/executor/jobs/meter.ts'
import type { MemoryLedger } from '#engine/runtime/executor/memory/memory-ledger.ts'
import type { BlockLines } from '#engine/runtime/executor/packed/packed-block.ts'
import type { JobSession } from '#engine/runtime/executor/user/job-session.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import type { WindowStore } from '#engine/runtime/executor/window/window-store.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import type { Rdd, Records, Shipment } from './rdd.ts'
import type { Straggler } from './straggler.ts'

/** Says which node is about to run; only in traced jobs. */
export type Trace = (node: string) => void

/** What a job computes with. */
export interface BatchTools {
  readonly plan: LoadedPlan
  readonly executor: number
  readonly executors: number
  readonly exchange: JobExchange
  readonly meter: Meter
  readonly session: JobSession
  readonly straggler: Straggler
  readonly windows: WindowStore
  /** Says whether there is room for what is to be kept. */
  readonly memory: Pick<MemoryLedger, 'take'>
  readonly order: Pick<BatchOrder, 'seq' | 'timeMs' | 'traced' | 'beside' | 'account'>
  readonly trace: Trace
}

/** What computing one RDD may ask for.
 *  Fails: all of it throws a JobFailure with the address of what threw */
export interface Evaluation {
  readonly tools: BatchTools
  /** The records of every own partition. */
  records(rdd: Rdd): ReadonlyMap<number, Records>
  /** One own partition as it is kept: windows read it by column. */
  held(rdd: Rdd, partition: number): Held
  /** The records of one own partition. */
  partition(rdd: Rdd, partition: number): Records
  /** What was exchanged with the parent in this place. */
  exchanged(rdd: Rdd, place: number): readonly Shipment[]
  /** Says which node runs from here on, for finding one that hangs. */
  enter(node: string | undefined): void
  /** The lines that came from the driver for a partition, as one text or its bytes; undefined where its records are kept, or came in another way. */
  lines(rdd: Rdd, partition: number): BlockLines | undefined
  /** What came from the driver for a partition. */
  payload(rdd: Rdd, partition: number): Records
}
