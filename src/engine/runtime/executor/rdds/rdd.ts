import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import type { KeptPartitions } from '#engine/runtime/executor/state/past-states.ts'
import type { RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { Payload } from '#engine/runtime/wire.ts'

/** The records of one partition. Never changed once made: RDDs share them. */
export type Records = readonly unknown[]

/** Records of map partition `from` on their way to partition `to`. */
export interface Shipment {
  readonly from: number
  readonly to: number
  readonly records: Records
}

/** A job that runs beside others exchanges an RDD. */
export interface Claim {
  /** Of its order. */
  readonly seq: number
  /** With the failure, when it failed. */
  readonly settled: Promise<JobFailure | undefined>
}

/** An RDD on one executor: where its partitions live, and its own ones once computed.
 *  By-key partitions live on executor p modulo the executors that take part; when these become more or fewer, all is laid out anew
 *  (move-rdds.ts). */
export interface Rdd {
  readonly spec: RddSpec
  readonly stream: PlanStream
  /** Emptied once every own partition is kept, so that old batches can be forgotten. */
  parents: readonly Rdd[]
  /** Parents of a window, from the first on, that are known to need nothing more: they have been made and are kept whole. */
  doneParents: number
  /** Executor of each partition. Not to be asked before `isLaidOut`. */
  readonly owners: readonly number[]
  /** A transformed RDD, and all above it, is laid out only when its function has run. */
  readonly isLaidOut: boolean
  /** Says how many partitions a transformed RDD came to have. */
  decide(partitions: number, partitioner: number | undefined): void
  /** Number of hash partitions when every pair lies in its key's partition. */
  readonly partitioner: number | undefined
  /** What arrived in the exchange with each parent, by the parent's place; shuffle files, in Spark's words.
   *  An exchange is done on all executors or on none. */
  readonly exchanged: Map<number, readonly Shipment[]>
  /** What came from the driver, by own partition. */
  readonly payloads: ReadonlyMap<number, Payload>
  /** Own partitions that are kept instead of being computed again. */
  kept: KeptPartitions | undefined
  /** How own partitions came from those of the RDD before, until that is told; see report-snapshots.ts. */
  readonly edits: Map<number, PartitionEdit>
  /** Own partitions whose records the driver has. */
  readonly saved: Set<number>
  /** Who exchanges it, or did last; only where jobs run beside each other. */
  claim: Claim | undefined
  /** Own partitions that the screen has counted. */
  readonly metered: Set<number>
}

/** Partitions of `rdd` that live here. */
export function ownPartitions(rdd: Rdd, executor: number): number[] {
  const own: number[] = []
  rdd.owners.forEach((owner, partition) => {
    if (owner === executor) own.push(partition)
  })
  return own
}

/** The RDD in this place of `rdd`'s lineage. */
export function parentAt(rdd: Rdd, place: number): Rdd {
  const parent = rdd.parents[place]
  invariant(parent !== undefined, `RDD ${rdd.spec.id} of ${rdd.stream.node} has parent ${place}`)
  return parent
}
