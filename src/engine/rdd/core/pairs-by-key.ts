import { pairOf } from './arguments.ts'
import { type Partitioner, partitionFor, samePartitioner } from './partitioner.ts'
import type { Dependency, RddCore } from './rdd-core.ts'
import { shuffle } from './shuffle.ts'

/** The pairs of an RDD by the partitions of a partitioner. */
export interface PairsByKey {
  readonly dependency: Dependency
  read(partition: number): Iterable<unknown>
}

/** Brings the pairs of `parent` into their keys' partitions; where they lie there already nothing moves.
 *  Source: CoGroupedRDD.getDependencies, SubtractedRDD.getDependencies */
export function pairsByKey(operation: string, parent: RddCore, partitioner: Partitioner): PairsByKey {
  if (samePartitioner(parent.partitioner, partitioner)) {
    return { dependency: { parent, isShuffle: false }, read: (partition) => parent.read(partition) }
  }
  const read = shuffle(parent, partitioner.numPartitions, function* (from) {
    for (const record of parent.read(from)) {
      yield [partitionFor(partitioner, pairOf(operation, record)[0]), record] as const
    }
  })
  return { dependency: { parent, isShuffle: true }, read }
}
