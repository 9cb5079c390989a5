import { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { shuffle } from '#engine/rdd/core/shuffle.ts'
import { repartitionTarget } from '#engine/rdd/random/repartition-target.ts'
import { evenSlices } from '#engine/record/slices.ts'

/** At most `numPartitions` partitions, each of neighbouring ones; more are not made.
 *  Source: CoalescedRDD, DefaultPartitionCoalescer without preferred locations */
export function coalesce(parent: RddCore, operation: string, numPartitions: number): RddCore {
  needPositive(numPartitions)
  const count = () => Math.min(numPartitions, parent.count)
  return new RddCore(parent.context, {
    kind: 'CoalescedRDD',
    operation,
    dependencies: [{ parent, isShuffle: false }],
    count,
    compute: function* (partition) {
      const bounds = evenSlices(parent.count, count())
      for (let from = bounds[partition] ?? 0; from < (bounds[partition + 1] ?? 0); from++) yield* parent.read(from)
    },
  })
}

/** Exactly `numPartitions` partitions: the records of each input partition are dealt out in turn.
 *  Source: RDD.coalesce with shuffle */
export function repartition(parent: RddCore, operation: string, numPartitions: number): RddCore {
  needPositive(numPartitions)
  const read = shuffle(parent, numPartitions, function* (from) {
    const target = repartitionTarget(from, numPartitions)
    let index = 0
    for (const record of parent.read(from)) yield [target(index++), record] as const
  })
  return new RddCore(parent.context, {
    kind: 'MapPartitionsRDD',
    operation,
    dependencies: [{ parent, isShuffle: true }],
    count: () => numPartitions,
    compute: read,
  })
}

function needPositive(numPartitions: number): void {
  if (numPartitions <= 0) {
    throw new RangeError(`requirement failed: Number of partitions (${numPartitions}) must be positive.`)
  }
}
