import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRdd, makeRddContext } from '#engine/rdd/make-rdd.ts'
import { partitionsOf, rddOf, settings } from '#engine/rdd/testing/test-rdd.ts'

const numbers = (length: number, first = 1) => Array.from({ length }, (_, index) => index + first)

test('samples have the sizes of Spark’s own test (JavaAPISuite.sample)', () => {
  const rdd = rddOf(numbers(20))
  expect(rdd.sample(true, 0.2, 8).count()).toBe(2)
  expect(rdd.sample(false, 0.2, 2).count()).toBe(4)
})

test('a sample is the same whenever it is computed, with and without a seed', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.integer()),
      (repeat, part, seed) => {
        const rdd = rddOf(numbers(30), numbers(30, 100))
        const sample = seed === null ? rdd.sample(repeat, part) : rdd.sample(repeat, part, seed)
        expect(sample.collect()).toEqual(sample.collect())
      },
    ),
  )
})

test('the same seed gives the same sample of another RDD; other batches have other samples without one', () => {
  const at = (timeMs: number) => makeRdd(() => [numbers(200)], makeRddContext({ ...settings, timeMs }))
  expect(at(1000).sample(false, 0.5, 7).collect()).toEqual(at(2000).sample(false, 0.5, 7).collect())
  expect(at(1000).sample(false, 0.5).collect()).toEqual(at(1000).sample(false, 0.5).collect())
  expect(at(1000).sample(false, 0.5).collect()).not.toEqual(at(2000).sample(false, 0.5).collect())
  const rdd = at(1000)
  expect(rdd.sample(false, 0.5).collect()).not.toEqual(rdd.sample(false, 0.5).collect())
})

test('without replacement: a part of the records, in order; all for 1, none for 0', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (fraction, seed) => {
      const taken = rddOf(numbers(50), numbers(50, 51)).sample(false, fraction, seed).collect().map(Number)
      expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b))
    }),
  )
  expect(rddOf([1, 2], [3]).sample(false, 1, 3).collect()).toEqual([1, 2, 3])
  expect(rddOf([1, 2], [3]).sample(true, 0, 3).collect()).toEqual([])
})

test.each([
  [false, 0.1],
  [false, 0.4],
  [false, 0.8],
  [true, 0.1],
  [true, 0.4],
  [true, 0.8],
  [true, 3],
  [true, 40],
])('a sample (with replacement: %s) of %d is about that large', (repeat, fraction) => {
  const all = numbers(10_000)
  const size = rddOf(all, all).sample(repeat, fraction, 11).count()
  const expected = 20_000 * fraction
  // Five standard deviations; of the Poisson distribution, which is wider than the binomial.
  expect(Math.abs(size - expected)).toBeLessThan(5 * Math.sqrt(expected))
})

test('Poisson numbers are spread as they should be', () => {
  const times = rddOf(numbers(20_000))
    .sample(true, 2.5, 5)
    .countByValue()
    .map(([, count]) => Number(count))
  const none = 20_000 - times.length
  expect(none / 20_000).toBeCloseTo(Math.exp(-2.5), 2)
  expect(times.filter((count) => count === 3).length / 20_000).toBeCloseTo((Math.exp(-2.5) * 2.5 ** 3) / 6, 2)
})

test('partitions are sampled each by itself, and pairs stay partitioned', () => {
  const sample = rddOf(numbers(100), [], numbers(100, 200)).sample(false, 0.3, 1)
  const [first, second, third] = partitionsOf(sample) as number[][] // glom gives arrays
  expect(first?.every((n) => n <= 100)).toBe(true)
  expect(second).toEqual([])
  expect(third?.every((n) => n >= 200)).toBe(true)
  expect(
    rddOf([['a', 1]])
      .partitionBy(3)
      .sample(false, 0.5).partitioner,
  ).toEqual({ kind: 'hash', numPartitions: 3 })
})

test('fractions that make no sense are refused', () => {
  const rdd = rddOf([1])
  expect(() => rdd.sample(false, -0.1)).toThrow('requirement failed: Fraction must be nonnegative, but got -0.1')
  expect(() => rdd.sample(false, 1.5)).toThrow('requirement failed: Sampling fraction (1.5) must be on interval [0, 1]')
  expect(() => rdd.sample(false, Number.NaN)).toThrow('sample: fraction must be a number, got NaN')
  expect(() => rdd.sample(true, 1, 0.5)).toThrow('sample: seed must be a whole number, got 0.5')
})
