import { wholeNumber } from './arguments.ts'
import { hashPartitioner, type Partitioner } from './partitioner.ts'
import type { RddCore } from './rdd-core.ts'

/** The partitioner of a by-key operation over these RDDs: hash partitions when a number is given; else the existing
 *  partitioner with the most partitions, unless these are fewer than a tenth of the largest parent's and fewer than the
 *  default; else hash partitions, as many as `spark.default.parallelism` says or the largest parent has.
 *  Source: Partitioner.defaultPartitioner */
export function choosePartitioner(
  operation: string,
  cores: readonly [RddCore, ...RddCore[]],
  numPartitions: unknown,
): Partitioner {
  if (numPartitions !== undefined) return hashPartitioner(wholeNumber(operation, 'numPartitions', numPartitions, 1))
  const largest = Math.max(...cores.map((core) => core.count))
  const byDefault = cores[0].context.settings.parallelism ?? largest
  let candidate: RddCore | undefined
  for (const core of cores) {
    if ((core.partitioner?.numPartitions ?? 0) > 0 && core.count > (candidate?.count ?? 0)) candidate = core
  }
  if (candidate?.partitioner !== undefined) {
    const isLargeEnough = Math.log10(largest) - Math.log10(candidate.count) < 1
    if (isLargeEnough || byDefault <= candidate.count) return candidate.partitioner
  }
  return hashPartitioner(byDefault)
}
