import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { numbersOf } from './statistics.ts'

/** How many numbers fall between neighbouring bounds: each bucket holds its lower bound, the last one also its upper.
 *  Numbers outside, and NaN, are not counted.
 *  Shape:  n + 1 ascending bounds → n counts
 *  Source: DoubleRDDFunctions.histogram(buckets) */
export function histogram(core: RddCore, bounds: readonly number[]): number[] {
  if (bounds.length < 2) throw new RangeError('buckets array must have at least two elements')
  const last = bounds.length - 1
  return counts(core, last, (number) => {
    if (!(number >= (bounds[0] ?? 0) && number <= (bounds[last] ?? 0))) return -1
    let low = 0
    let high = last
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (number >= (bounds[middle] ?? 0)) low = middle
      else high = middle
    }
    return low
  })
}

/** Buckets of equal width between the smallest and the largest number: `[bounds, counts]`. When all numbers are equal
 *  there is one bucket.
 *  Fails:  for an empty RDD and infinite numbers or NaN, with Spark's message
 *  Source: DoubleRDDFunctions.histogram(bucketCount) */
export function evenHistogram(core: RddCore, bucketCount: number): readonly [bounds: number[], counts: number[]] {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const number of numbersOf(core.readAll(), 'histogram')) {
    min = Math.min(min, number)
    max = Math.max(max, number)
  }
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    throw new Error('Histogram on either an empty RDD or RDD containing +/-infinity or NaN')
  }
  const buckets = min === max ? 1 : bucketCount
  const bounds = Array.from({ length: buckets }, (_, step) => min + (step * (max - min)) / buckets)
  const counted = counts(core, buckets, (number) => {
    if (min === max) return 0
    return Math.min(Math.trunc(((number - min) / (max - min)) * buckets), buckets - 1)
  })
  return [[...bounds, max], counted]
}

function counts(core: RddCore, buckets: number, bucketOf: (number: number) => number): number[] {
  const counted = Array.from({ length: buckets }, () => 0)
  for (const number of numbersOf(core.readAll(), 'histogram')) {
    const bucket = bucketOf(number)
    if (bucket >= 0) counted[bucket] = (counted[bucket] ?? 0) + 1
  }
  return counted
}
