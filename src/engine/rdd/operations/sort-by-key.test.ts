import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRecords } from '#engine/rdd/core/record-order.ts'
import { partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { partitionsOf, rddOf } from '#engine/rdd/testing/test-rdd.ts'
import { rangeBounds } from './range-partitioner.ts'

const letters = [
  ['a', 1],
  ['b', 2],
  ['1', 3],
  ['d', 4],
  ['2', 5],
]

test('sortBy and sortByKey: Spark’s own examples', () => {
  const sc = rddOf().sparkContext
  const sorted = [
    ['1', 3],
    ['2', 5],
    ['a', 1],
    ['b', 2],
    ['d', 4],
  ]
  expect(
    sc
      .parallelize(letters)
      .sortBy((pair) => (pair as unknown[])[0])
      .collect(),
  ).toEqual(sorted)
  expect(
    sc
      .parallelize(letters)
      .sortBy((pair) => (pair as unknown[])[1])
      .collect(),
  ).toEqual(letters)
  expect(sc.parallelize(letters).sortByKey().first()).toEqual(['1', 3])
  expect(sc.parallelize(letters).sortByKey(true, 1).collect()).toEqual(sorted)
  expect(sc.parallelize(letters).sortByKey(true, 2).collect()).toEqual(sorted)
})

test('partitions one after another are in order, equal keys as they came', () => {
  const records = partitionsArbitrary(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat()))
  fc.assert(
    fc.property(
      records,
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      (parts, up, n) => {
        const sign = up ? 1 : -1
        const expected = parts.flat().sort((a, b) => sign * (a[0] - b[0]))
        const byKey = rddOf(...parts).sortByKey(up, n)
        expect(byKey.collect()).toEqual(expected)
        expect(
          rddOf(...parts)
            .sortBy((pair) => (pair as number[])[0], up, n)
            .collect(),
        ).toEqual(expected)
        expect(byKey.getNumPartitions()).toBeLessThanOrEqual(n ?? parts.length)
        const keysOf = (records: unknown) => (records as [number][]).map(([key]) => key)
        const keys = partitionsOf(byKey).flatMap((records) => [...new Set(keysOf(records))])
        expect(new Set(keys).size).toBe(keys.length) // no key in two partitions
      },
    ),
  )
})

test('ranges hold about equally many records, whatever the sizes of the parent’s partitions', () => {
  const one = Array.from({ length: 20_000 }, (_, index) => [(index * 7919) % 20_000, null])
  const even = Array.from({ length: 10 }, (_, part) => one.slice(part * 2000, part * 2000 + 2000))
  const small = Array.from({ length: 9 }, () => [[5, null]])
  for (const rdd of [rddOf(one, [], [[5, null]]), rddOf(...even), rddOf(one, ...small)]) {
    const sizes = partitionsOf(rdd.sortByKey(true, 4)).map((records) => (records as unknown[]).length)
    expect(sizes.length).toBe(4)
    for (const size of sizes) expect(Math.abs(size - 5000)).toBeLessThan(3000) // 80 points are looked at
  }
})

test('fewer partitions than wanted where there are fewer keys; one for an RDD without records', () => {
  expect(
    rddOf(
      [
        ['a', 1],
        ['a', 2],
      ],
      [['b', 3]],
    )
      .sortByKey(true, 10)
      .getNumPartitions(),
  ).toBe(3) // a and b each end a range, what lies beyond is empty
  expect(rddOf([], [], []).sortByKey().getNumPartitions()).toBe(1)
  expect(rddOf().sparkContext.emptyRDD().sortByKey().collect()).toEqual([])
})

test('bounds of weighted candidates: the figures of Spark’s PartitioningSuite', () => {
  const candidates = [
    [0.7, 2],
    [0.1, 1],
    [0.4, 1],
    [0.3, 1],
    [0.2, 1],
    [0.5, 1],
    [1, 3],
  ].map(([key, weight = 0]) => ({ key, weight }))
  expect(rangeBounds(candidates, 3)).toEqual([0.4, 0.7])
  expect(rangeBounds([], 10)).toEqual([])
})

test('an RDD sorted alike is known to be partitioned alike', () => {
  const pairs = rddOf([['b', 1]], [['a', 2]])
  const sorted = pairs.sortByKey()
  expect(sorted.partitioner).toEqual({ kind: 'range', numPartitions: 2 })
  expect(sorted.join(pairs.sortByKey()).toDebugString()).not.toContain('+-(2) ShuffledRDD')
  expect(sorted.reduceByKey((a) => a).collect()).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})

test.each([
  ['numbers and bigints', [3, 1n, Number.NEGATIVE_INFINITY, 2.5, -1n], [Number.NEGATIVE_INFINITY, -1n, 1n, 2.5, 3]],
  ['NaN after all numbers', [Number.NaN, Number.POSITIVE_INFINITY, 1], [1, Number.POSITIVE_INFINITY, Number.NaN]],
  ['strings by UTF-16 units', ['a', 'B', 'ä', '10', '9', ''], ['', '10', '9', 'B', 'a', 'ä']],
  ['booleans', [true, false], [false, true]],
  ['dates', [new Date(5), new Date(-5)], [new Date(-5), new Date(5)]],
  ['arrays item by item', [['b'], ['a', 2], ['a', 1, 0], ['a', 1], []], [[], ['a', 1], ['a', 1, 0], ['a', 2], ['b']]],
])('the natural order of %s', (_, records, sorted) => {
  expect(
    rddOf(records)
      .sortBy((record) => record)
      .collect(),
  ).toEqual(sorted)
  expect(rddOf(records).takeOrdered(10)).toEqual(sorted)
  expect(rddOf(records).top(1)).toEqual(sorted.slice(-1))
})

test.each([
  [1, 'a'],
  [null, 1],
  [{ a: 1 }, { a: 2 }],
  [undefined, undefined],
  [
    ['a', 1],
    ['a', 'b'],
  ],
  [true, 0],
])('%o and %o have no order', (a, b) => {
  expect(() => compareRecords(a, b)).toThrow('have no order')
  expect(() =>
    rddOf([a, b])
      .sortBy((record) => record)
      .collect(),
  ).toThrow(TypeError)
})
