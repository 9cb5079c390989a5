import { partitionOf } from '#engine/record/hash.ts'
import { compareRecords } from './record-order.ts'
import { sameKey } from './same-key.ts'

/** In which partition a pair with a certain key lies. */
export type Partitioner = HashPartitioner | RangePartitioner | FirstPartitioner

/** Source: org.apache.spark.HashPartitioner */
export interface HashPartitioner {
  readonly kind: 'hash'
  readonly numPartitions: number
}

/** Partitions of neighbouring keys: those up to the first bound, those up to the second …, those beyond the last.
 *  Source: org.apache.spark.RangePartitioner */
export interface RangePartitioner {
  readonly kind: 'range'
  readonly numPartitions: number
  /** Ascending, one fewer than the partitions. */
  readonly bounds: readonly unknown[]
  readonly isAscending: boolean
}

/** For keys that are pairs themselves: by the first of the two. No RDD counts as partitioned this way.
 *  Source: the unnamed partitioner in RDD.subtract */
export interface FirstPartitioner {
  readonly kind: 'first'
  readonly numPartitions: number
  readonly of: Partitioner
}

export function hashPartitioner(numPartitions: number): HashPartitioner {
  return { kind: 'hash', numPartitions }
}

/** The partition of a key.
 *  Fails: RecordError for what cannot be a key, TypeError for a key that has no place in the order */
export function partitionFor(partitioner: Partitioner, key: unknown): number {
  if (partitioner.kind === 'hash') return partitionOf(key, partitioner.numPartitions)
  if (partitioner.kind === 'first') return partitionFor(partitioner.of, Array.isArray(key) ? key[0] : key)
  const { bounds, isAscending } = partitioner
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareRecords(key, bounds[middle]) > 0) low = middle + 1
    else high = middle
  }
  return isAscending ? low : bounds.length - low
}

/** Whether two partitioners send every key to the same partition, as Spark decides it. */
export function samePartitioner(a: Partitioner | undefined, b: Partitioner | undefined): boolean {
  if (a?.kind === 'hash' && b?.kind === 'hash') return a.numPartitions === b.numPartitions
  if (a?.kind !== 'range' || b?.kind !== 'range') return false
  if (a.isAscending !== b.isAscending || a.bounds.length !== b.bounds.length) return false
  return a.bounds.every((bound, index) => sameKey(bound, b.bounds[index]))
}
