import { pairOf } from '#engine/rdd/core/arguments.ts'
import { pairsByKey } from '#engine/rdd/core/pairs-by-key.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { compareRecords } from '#engine/rdd/core/record-order.ts'
import { rangePartitioner } from './range-partitioner.ts'

/** Pairs in the order of their keys, over all partitions; those of equal keys in the order of the parent. Reads the
 *  parent at once to find the ranges, when more than one partition is wanted, and may make fewer than that.
 *  Source: OrderedRDDFunctions.sortByKey */
export function sortByKey(parent: RddCore, operation: string, isAscending: boolean, numPartitions: number): RddCore {
  const partitioner = rangePartitioner(parent, operation, isAscending, numPartitions)
  const { read } = pairsByKey(operation, parent, partitioner)
  const sign = isAscending ? 1 : -1
  return new RddCore(parent.context, {
    kind: 'ShuffledRDD',
    operation,
    dependencies: [{ parent, isShuffle: true }],
    count: () => partitioner.numPartitions,
    partitioner,
    compute: (partition) => {
      const pairs = Array.from(read(partition), (record) => pairOf(operation, record))
      return pairs.sort((a, b) => sign * compareRecords(a[0], b[0]))
    },
  })
}
