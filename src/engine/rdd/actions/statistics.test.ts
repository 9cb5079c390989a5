import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { rddOf } from '#engine/rdd/testing/test-rdd.ts'

const upTo = (end: number) => Array.from({ length: end }, (_, index) => index)

test('mean, variance and stats agree with their definitions', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.integer({ min: -1000, max: 1000 })), (partitions) => {
      const all = partitions.flat()
      fc.pre(all.length > 0)
      const rdd = rddOf(...partitions)
      const mean = all.reduce((sum, n) => sum + n, 0) / all.length
      const variance = all.reduce((sum, n) => sum + (n - mean) ** 2, 0) / all.length
      expect(rdd.mean()).toBeCloseTo(mean, 6)
      expect(rdd.variance()).toBeCloseTo(variance, 4)
      expect(rdd.stdev()).toBeCloseTo(Math.sqrt(variance), 4)
      const stats = rdd.stats()
      expect(stats).toEqual({
        count: all.length,
        mean: rdd.mean(),
        stdev: rdd.stdev(),
        max: Math.max(...all),
        min: Math.min(...all),
        sum: stats.sum,
        variance: rdd.variance(),
        sampleVariance: stats.sampleVariance,
        sampleStdev: Math.sqrt(stats.sampleVariance),
      })
      if (all.length === 1) expect(stats.sampleVariance).toBeNaN()
      else expect(stats.sampleVariance).toBeCloseTo((variance * all.length) / (all.length - 1), 4)
      expect(stats.sum).toBeCloseTo(mean * all.length, 6)
    }),
  )
})

test('figures of Spark’s documentation', () => {
  const sc = rddOf().sparkContext
  expect(sc.parallelize([1, 2, 3]).mean()).toBe(2)
  expect(sc.parallelize([1, 2, 3]).variance()).toBeCloseTo(0.666, 2)
  expect(sc.parallelize([1, 2, 3]).stdev()).toBeCloseTo(0.816, 3)
  expect(sc.parallelize([1, 2, 3]).sum()).toBe(6)
  expect(sc.parallelize(upTo(51)).histogram(2)).toEqual([
    [0, 25, 50],
    [25, 26],
  ])
  expect(sc.parallelize(upTo(51)).histogram([0, 5, 25, 50])).toEqual([5, 20, 26])
  expect(sc.parallelize(upTo(51)).histogram([0, 15, 30, 45, 60])).toEqual([15, 15, 15, 6])
  expect(sc.parallelize([1, 50]).histogram([1, 10, 20, 50])).toEqual([1, 0, 1])
})

test('sides of very different size are merged without losing digits', () => {
  const rdd = rddOf(
    [1e9 + 4],
    Array.from({ length: 100 }, () => 1e9 + 7),
    [1e9 + 10],
  )
  expect(rdd.mean()).toBeCloseTo(1e9 + 7, 6)
  expect(rdd.variance()).toBeCloseTo(18 / 102, 6)
})

test('of no numbers', () => {
  const rdd = rddOf([], [])
  expect(rdd.stats()).toEqual({
    count: 0,
    mean: 0,
    stdev: Number.NaN,
    max: Number.NEGATIVE_INFINITY,
    min: Number.POSITIVE_INFINITY,
    sum: 0,
    variance: Number.NaN,
    sampleVariance: Number.NaN,
    sampleStdev: Number.NaN,
  })
  expect(rdd.histogram([0, 1])).toEqual([0])
})

test('histograms with bounds count as a loop over the bounds does', () => {
  const bounds = fc.uniqueArray(fc.integer({ min: -10, max: 10 }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(partitionsArbitrary(fc.integer({ min: -12, max: 12 })), bounds, (partitions, unsorted) => {
      const edges = [...unsorted].sort((a, b) => a - b)
      const counts = edges.slice(1).map((upper, index) => {
        const lower = edges[index] ?? 0
        const isLast = index === edges.length - 2
        return partitions.flat().filter((n) => n >= lower && (n < upper || (isLast && n === upper))).length
      })
      expect(rddOf(...partitions).histogram(edges)).toEqual(counts)
    }),
  )
})

test('even histograms count every number once', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.integer()), fc.integer({ min: 1, max: 9 }), (partitions, buckets) => {
      const all = partitions.flat()
      fc.pre(all.length > 0)
      const [bounds, counts] = rddOf(...partitions).histogram(buckets) as [number[], number[]] // given a number
      expect([bounds[0], bounds[bounds.length - 1]]).toEqual([Math.min(...all), Math.max(...all)])
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length)
      expect(bounds.length).toBe(counts.length + 1)
    }),
  )
  expect(rddOf([4, 4]).histogram(3)).toEqual([[4, 4], [2]])
})

test('what cannot be counted is refused', () => {
  const message = 'Histogram on either an empty RDD or RDD containing +/-infinity or NaN'
  expect(() => rddOf([]).histogram(2)).toThrow(message)
  expect(() => rddOf([1, Number.POSITIVE_INFINITY]).histogram(2)).toThrow(message)
  expect(() => rddOf([1, Number.NaN]).histogram(2)).toThrow(message)
  expect(() => rddOf([1]).histogram([1])).toThrow('buckets array must have at least two elements')
  expect(() => rddOf([1]).histogram([2, 1])).toThrow('histogram: buckets must be ascending numbers, got [2, 1]')
  expect(() => rddOf([1]).histogram(0)).toThrow('histogram: buckets must be a whole number of at least 1, got 0')
  expect(() => rddOf([1, 'two']).sum()).toThrow('sum needs numbers, got "two"')
  expect(rddOf([1n, 2]).sum()).toBe(3)
})
