import type { PlanStream } from '#engine/compile/plan.ts'
import type { RddSpec } from '#engine/runtime/rdd-spec.ts'

/** The records of one partition. Never changed once made: RDDs share them. */
export type Records = readonly unknown[]

/** An RDD on one executor: where its partitions live, and its own ones once computed.
 *  Partition p lives on executor `owners[p]`; by-key partitions always on p modulo the executors, so that they never move. */
export interface Rdd {
  readonly spec: RddSpec
  readonly stream: PlanStream
  /** Dropped when `kept` makes them needless, so that old batches can be forgotten. */
  parents: readonly Rdd[]
  readonly owners: readonly number[]
  /** Number of hash partitions when every pair lies in its key's partition. */
  readonly partitioner: number | undefined
  /** Own partitions, when they are kept: persisted, shuffled, given. */
  kept: ReadonlyMap<number, Records> | undefined
  /** Partitions whose records have been counted for the screen. */
  readonly metered: Set<number>
}
