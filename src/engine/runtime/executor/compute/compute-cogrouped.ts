import { invariant } from '#engine/model/invariant.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { arrivedFor } from '#engine/runtime/executor/exchange/partition-keys.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { isPair } from './kernel.ts'

/** `[key, [values of parent 0, values of parent 1, …]]` for every key of any parent.
 *  Source: CoGroupedRDD */
export function computeCogrouped(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  const groups = new Keyed<unknown[][]>()
  rdd.parents.forEach((parent, place) => {
    for (const pair of pairsFrom(rdd, parent, place, partition, evaluation)) {
      groups.at(pair[0], () => rdd.parents.map(() => [])).value[place]?.push(pair[1])
    }
  })
  const rows = Array.from(groups.cells.values(), (cell) => [cell.key, cell.value] as const)
  return inSlotOrder(rows, (row) => row[0])
}

/** The pairs of one parent for one of the RDD's partitions, map partitions in order. */
export function* pairsFrom(
  rdd: Rdd,
  parent: Rdd,
  place: number,
  partition: number,
  evaluation: Evaluation,
): Iterable<readonly [unknown, unknown]> {
  const stays = parent.partitioner === rdd.partitioner
  const lists = stays
    ? [evaluation.partition(parent, partition)]
    : arrivedFor(partition, evaluation.exchanged(rdd, place))
  for (const records of lists) {
    for (const pair of records) {
      invariant(isPair(pair), 'only pairs have a partition')
      yield pair
    }
  }
}
