import { pairsByKey } from '#engine/rdd/core/pairs-by-key.ts'
import { type Partitioner, samePartitioner } from '#engine/rdd/core/partitioner.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'

/** The pairs in their keys' partitions; the RDD itself when they lie there.
 *  Source: PairRDDFunctions.partitionBy */
export function partitionBy(parent: RddCore, operation: string, partitioner: Partitioner): RddCore {
  if (samePartitioner(parent.partitioner, partitioner)) return parent
  const { dependency, read } = pairsByKey(operation, parent, partitioner)
  return new RddCore(parent.context, {
    kind: 'ShuffledRDD',
    operation,
    dependencies: [dependency],
    count: () => partitioner.numPartitions,
    partitioner,
    compute: read,
  })
}
