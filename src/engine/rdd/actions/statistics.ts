import { emptyCollection } from '#engine/rdd/core/empty-collection.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { describeValue } from '#engine/record/describe.ts'

/** What `stats()` returns; variance and stdev are the population's. Of no numbers: count 0, mean 0, sum 0, stdev NaN,
 *  max −Infinity, min Infinity; of one number the sample's variance is NaN. All as in Spark. */
export interface Statistics {
  readonly count: number
  readonly mean: number
  readonly stdev: number
  readonly max: number
  readonly min: number
  readonly sum: number
  readonly variance: number
  readonly sampleVariance: number
  readonly sampleStdev: number
}

/** Count, mean, squared deviations and extremes of numbers, exact enough for large and small ones together.
 *  Source: org.apache.spark.util.StatCounter */
export interface Moments {
  readonly count: number
  readonly mean: number
  /** Sum of the squared differences from the mean. */
  readonly squares: number
  readonly max: number
  readonly min: number
}

const none: Moments = {
  count: 0,
  mean: 0,
  squares: 0,
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
}

/** Fails:  TypeError for a record that is no number; "empty collection" for an RDD without partitions, as in Spark
 *  Source: DoubleRDDFunctions.stats */
export function moments(core: RddCore, operation: string): Moments {
  if (core.count === 0) throw emptyCollection()
  let all = none
  for (let partition = 0; partition < core.count; partition++) {
    all = merged(all, momentsOf(numbersOf(core.read(partition), operation)))
  }
  return all
}

export function statistics(core: RddCore): Statistics {
  const found = moments(core, 'stats')
  const variance = varianceOf(found)
  const sampleVariance = found.count <= 1 ? Number.NaN : found.squares / (found.count - 1)
  return {
    count: found.count,
    mean: found.mean,
    stdev: Math.sqrt(variance),
    max: found.max,
    min: found.min,
    sum: found.count * found.mean,
    variance,
    sampleVariance,
    sampleStdev: Math.sqrt(sampleVariance),
  }
}

/** Of the population. */
export function varianceOf({ count, squares }: Moments): number {
  return count === 0 ? Number.NaN : squares / count
}

/** Partition sums added up. Source: DoubleRDDFunctions.sum */
export function sum(core: RddCore): number {
  let total = 0
  for (let partition = 0; partition < core.count; partition++) {
    let part = 0
    for (const number of numbersOf(core.read(partition), 'sum')) part += number
    total += part
  }
  return total
}

/** The records as numbers; bigints are rounded to the nearest. */
export function* numbersOf(records: Iterable<unknown>, operation: string): Iterable<number> {
  for (const record of records) {
    if (typeof record !== 'number' && typeof record !== 'bigint') {
      throw new TypeError(`${operation} needs numbers, got ${describeValue(record, 60)}`)
    }
    yield Number(record)
  }
}

/** Source: StatCounter.merge(value) */
function momentsOf(numbers: Iterable<number>): Moments {
  let { count, mean, squares, max, min } = none
  for (const number of numbers) {
    const delta = number - mean
    count += 1
    mean += delta / count
    squares += delta * (number - mean)
    max = Math.max(max, number)
    min = Math.min(min, number)
  }
  return { count, mean, squares, max, min }
}

/** Source: StatCounter.merge(other) */
function merged(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b
  if (b.count === 0) return a
  const count = a.count + b.count
  const delta = b.mean - a.mean
  return {
    count,
    mean: mergedMean(a, b, delta),
    squares: a.squares + b.squares + (delta * delta * a.count * b.count) / count,
    max: Math.max(a.max, b.max),
    min: Math.min(a.min, b.min),
  }
}

/** The small side corrects the large one; sides of like size are weighed. */
function mergedMean(a: Moments, b: Moments, delta: number): number {
  const count = a.count + b.count
  if (b.count * 10 < a.count) return a.mean + (delta * b.count) / count
  if (a.count * 10 < b.count) return b.mean - (delta * a.count) / count
  return (a.mean * a.count + b.mean * b.count) / count
}
