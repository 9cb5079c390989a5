import type { Amounts } from '#engine/runtime/amount.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd, Records, Shipment } from '#engine/runtime/executor/rdds/rdd.ts'

/** The whole of an RDD in one place. */
export interface GatheredRdd {
  readonly partitions: readonly Records[]
  /** Number of hash partitions, when each pair lies in its key's. */
  readonly partitioner: number | undefined
}

/** Stands for the partition in what executors tell of their accumulators. */
const NEWS = -1

/** Every partition of `rdd`, on executor 0; on the others none. What the accumulators hold travels with it.
 *  Fails: throws a JobFailure on all executors when one fails */
export async function gather(rdd: Rdd, evaluation: Evaluation): Promise<GatheredRdd> {
  const shipments = shipmentsOf(rdd, evaluation)
  const withNews = shipments instanceof JobFailure ? shipments : [...newsOf(evaluation), ...shipments]
  const arrived = await evaluation.tools.exchange.swap(withNews, () => 0, rdd.stream.node)
  const partitions = arrived.filter(({ to }) => to !== NEWS)
  for (const news of arrived) if (news.to === NEWS) hear(news, evaluation)
  return { partitions: partitions.map((shipment) => shipment.records), partitioner: rdd.partitioner }
}

function shipmentsOf(rdd: Rdd, evaluation: Evaluation): readonly Shipment[] | JobFailure {
  try {
    return [...evaluation.records(rdd)].map(([partition, records]) => ({ from: partition, to: partition, records }))
  } catch (failure) {
    if (failure instanceof JobFailure) return failure
    throw failure
  }
}

/** As one text, which is a record like any other to the exchange. */
function newsOf({ tools: { executor, session } }: Evaluation): readonly Shipment[] {
  if (executor === 0 || !session.hasAccumulators) return []
  return [{ from: executor, to: NEWS, records: [JSON.stringify(session.ledger.added() ?? {})] }]
}

function hear({ from, records }: Shipment, { tools: { session } }: Evaluation): void {
  const added = JSON.parse(String(records[0])) as Amounts // a peer runs this same code
  session.ledger.hear(from, added)
}
