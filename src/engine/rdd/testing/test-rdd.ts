import { makeRdd, makeRddContext, readRdd } from '#engine/rdd/make-rdd.ts'
import type { Rdd } from '#engine/rdd/rdd.ts'

type Partitions = readonly (readonly unknown[])[]

export const settings = { defaultParallelism: 2, seed: 1, timeMs: 1000 }

/** An RDD of exactly these partitions, in a context of its own. */
export function rddOf(...partitions: Partitions): Rdd {
  return makeRdd(() => partitions, makeRddContext(settings))
}

/** An RDD and the indexes of the partitions that were computed, in order. */
export function watchedRdd(...partitions: Partitions): { readonly rdd: Rdd; readonly computed: number[] } {
  const computed: number[] = []
  const compute = (partition: number) => {
    computed.push(partition)
    return partitions[partition] ?? []
  }
  return { rdd: makeRdd({ count: partitions.length, compute }, makeRddContext(settings)), computed }
}

/** The records partition by partition. */
export function partitionsOf(rdd: Rdd): unknown[] {
  return rdd.glom().collect()
}

/** The number of partitions by which an RDD is hashed, if it is. */
export function hashPartitionsOf(rdd: Rdd): number | undefined {
  return readRdd(rdd)?.hashPartitions
}
