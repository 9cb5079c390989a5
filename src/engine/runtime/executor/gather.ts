import type { Evaluation } from './evaluation.ts'
import type { Rdd, Records, Shipment } from './rdd.ts'
import { JobFailure } from './step-failure.ts'

/** The whole of an RDD in one place. */
export interface GatheredRdd {
  readonly partitions: readonly Records[]
  /** Number of hash partitions, when each pair lies in its key's. */
  readonly partitioner: number | undefined
}

/** Every partition of `rdd`, on executor 0; on the others none.
 *  Fails: throws a JobFailure on all executors when one fails */
export async function gather(rdd: Rdd, evaluation: Evaluation): Promise<GatheredRdd> {
  const shipments = shipmentsOf(rdd, evaluation)
  const arrived = await evaluation.tools.exchange.swap(shipments, () => 0, rdd.stream.node)
  return { partitions: arrived.map((shipment) => shipment.records), partitioner: rdd.partitioner }
}

function shipmentsOf(rdd: Rdd, evaluation: Evaluation): readonly Shipment[] | JobFailure {
  try {
    return [...evaluation.records(rdd)].map(([partition, records]) => ({ from: partition, to: partition, records }))
  } catch (failure) {
    if (failure instanceof JobFailure) return failure
    throw failure
  }
}
