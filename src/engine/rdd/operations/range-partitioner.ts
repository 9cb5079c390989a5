import { pairOf } from '#engine/rdd/core/arguments.ts'
import type { RangePartitioner } from '#engine/rdd/core/partitioner.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { compareRecords } from '#engine/rdd/core/record-order.ts'
import { byteswap32, type Reservoir, reservoirSample } from '#engine/rdd/random/reservoir.ts'
import { bernoulliSampler } from '#engine/rdd/random/sampler.ts'
import { XorShiftRandom } from '#engine/rdd/random/xor-shift-random.ts'

/** Keys looked at for each partition that is wanted. */
const POINTS_PER_PARTITION = 20
const MOST_POINTS = 1e6

/** A key from the sample. */
export interface Candidate {
  readonly key: unknown
  /** How many records it stands for. */
  readonly weight: number
}

/** Ranges of keys with about equally many records, from a sample of the RDD's keys, which is read now. With one
 *  partition nothing is read.
 *  Source: org.apache.spark.RangePartitioner */
export function rangePartitioner(
  parent: RddCore,
  operation: string,
  isAscending: boolean,
  numPartitions: number,
): RangePartitioner {
  const bounds = numPartitions <= 1 ? [] : rangeBounds(candidates(parent, operation, numPartitions), numPartitions)
  return { kind: 'range', numPartitions: bounds.length + 1, bounds, isAscending }
}

function candidates(parent: RddCore, operation: string, numPartitions: number): Candidate[] {
  const points = Math.min(POINTS_PER_PARTITION * numPartitions, MOST_POINTS)
  // Partitions may differ in size: more is taken of each than would do if they were equal.
  const perPartition = Math.ceil((3 * points) / parent.count)
  const sketches: Reservoir[] = []
  for (let partition = 0; partition < parent.count; partition++) {
    const seed = byteswap32(partition ^ (parent.id << 16))
    sketches.push(reservoirSample(keysOf(parent, operation, partition), perPartition, seed))
  }
  const total = sketches.reduce((sum, sketch) => sum + sketch.seen, 0)
  const fraction = Math.min(points / Math.max(total, 1), 1)
  return sketches.flatMap(({ kept, seen }, partition) => {
    if (fraction * seen <= perPartition) return kept.map((key) => ({ key, weight: Math.fround(seen / kept.length) }))
    return drawnAgain(parent, operation, partition, fraction)
  })
}

/** A partition much larger than the others is sampled as densely as they are. */
function drawnAgain(parent: RddCore, operation: string, partition: number, fraction: number): Candidate[] {
  const seed = BigInt(byteswap32(-parent.id - 1)) + BigInt(partition)
  const take = bernoulliSampler(fraction, new XorShiftRandom(seed))
  const drawn: Candidate[] = []
  for (const key of keysOf(parent, operation, partition)) {
    if (take() > 0) drawn.push({ key, weight: Math.fround(1 / fraction) })
  }
  return drawn
}

function* keysOf(parent: RddCore, operation: string, partition: number): Iterable<unknown> {
  for (const record of parent.read(partition)) yield pairOf(operation, record)[0]
}

/** The keys that end all ranges but the last, so that each range stands for about the same weight.
 *  Source: RangePartitioner.determineBounds */
export function rangeBounds(all: readonly Candidate[], wanted: number): unknown[] {
  const numPartitions = Math.min(wanted, all.length)
  const ordered = [...all].sort((a, b) => compareRecords(a.key, b.key))
  const step = ordered.reduce((sum, candidate) => sum + candidate.weight, 0) / numPartitions
  const bounds: unknown[] = []
  let passed = 0
  let target = step
  for (const { key, weight } of ordered) {
    if (bounds.length >= numPartitions - 1) break
    passed += weight
    if (passed < target) continue
    if (bounds.length > 0 && compareRecords(key, bounds[bounds.length - 1]) <= 0) continue
    bounds.push(key)
    target += step
  }
  return bounds
}
