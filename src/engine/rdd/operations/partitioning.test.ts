import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRdd, makeRddContext } from '#engine/rdd/make-rdd.ts'
import { repartitionTarget } from '#engine/rdd/random/repartition-target.ts'
import type { Rdd } from '#engine/rdd/rdd.ts'
import { partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { partitionsOf, rddOf, settings } from '#engine/rdd/testing/test-rdd.ts'

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('parallelize cuts even slices', () => {
  const sc = rddOf().sparkContext
  expect(partitionsOf(sc.parallelize(upTo(4), 2))).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(partitionsOf(sc.parallelize(upTo(5), 3))).toEqual([[1], [2, 3], [4, 5]])
  expect(partitionsOf(sc.makeRDD([1], 3))).toEqual([[], [], [1]])
  expect(sc.parallelize(new Set([1, 2])).getNumPartitions()).toBe(sc.defaultParallelism)
  expect(sc.emptyRDD().partitions.length).toBe(0)
  expect(() => sc.parallelize([1], 0)).toThrow('Positive number of partitions required')
  expect(() => sc.parallelize(5 as never)).toThrow('parallelize needs an array or another iterable, got 5')
})

test('coalesce puts neighbours together: the figures of Spark’s RDDSuite', () => {
  const data = rddOf().sparkContext.parallelize(upTo(10), 10)
  expect(partitionsOf(data.coalesce(2))).toEqual([upTo(5), [6, 7, 8, 9, 10]])
  expect(partitionsOf(data.coalesce(3))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9, 10],
  ])
  expect(partitionsOf(data.coalesce(10))).toEqual(upTo(10).map((n) => [n]))
  expect(data.coalesce(20).getNumPartitions()).toBe(10)
  expect(data.coalesce(20, true).getNumPartitions()).toBe(20)
  expect(() => data.coalesce(0)).toThrow('requirement failed: Number of partitions (0) must be positive.')
  expect(() => data.repartition(-1)).toThrow('requirement failed: Number of partitions (-1) must be positive.')
})

test('repartition deals out every input partition from its own start', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.nat()), fc.integer({ min: 1, max: 7 }), (partitions, n) => {
      const dealt: number[][] = Array.from({ length: n }, () => [])
      partitions.forEach((records, from) => {
        const target = repartitionTarget(from, n)
        records.forEach((record, index) => {
          dealt[target(index)]?.push(record)
        })
      })
      const rdd = rddOf(...partitions)
      expect(partitionsOf(rdd.repartition(n))).toEqual(dealt)
      expect(partitionsOf(rdd.coalesce(n, true))).toEqual(dealt)
    }),
  )
})

test('union puts partitions one after another; those of one partitioner side by side', () => {
  const [a, b] = [rddOf([1], [2]), rddOf([3])]
  const sc = a.sparkContext
  expect(partitionsOf(a.union(b))).toEqual([[1], [2], [3]])
  expect(partitionsOf(sc.union([a, sc.emptyRDD(), b, a]))).toEqual([[1], [2], [3], [1], [2]])
  expect(sc.union(a, b).count()).toBe(3)
  expect(sc.union([]).getNumPartitions()).toBe(0)
  const hashed = rddOf([
    [0, 'a'],
    [1, 'b'],
  ]).partitionBy(2)
  const both = hashed.union(hashed.mapValues((v) => `${v}!`))
  expect(partitionsOf(both)).toEqual([
    [
      [0, 'a'],
      [0, 'a!'],
    ],
    [
      [1, 'b'],
      [1, 'b!'],
    ],
  ])
  expect(both.partitioner).toEqual({ kind: 'hash', numPartitions: 2 })
  expect(hashed.union(hashed.partitionBy(3)).getNumPartitions()).toBe(5)
})

test('zip pairs what lies in the same place, and refuses what does not match as Spark does', () => {
  expect(
    rddOf([1, 2], [3])
      .zip(rddOf(['a', 'b'], ['c']))
      .collect(),
  ).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  expect(() =>
    rddOf([1], [2])
      .zip(rddOf([1, 2]))
      .collect(),
  ).toThrow("Can't zip RDDs with unequal numbers of partitions: List(2, 1)")
  for (const [left, right] of [
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[], [1]],
  ]) {
    expect(() =>
      rddOf(left ?? [])
        .zip(rddOf(right ?? []))
        .collect(),
    ).toThrow('Can only zip RDDs with same number of elements in each partition')
  }
})

test('cartesian has a partition for every two', () => {
  expect(partitionsOf(rddOf([1, 2], [3]).cartesian(rddOf(['a'], ['b', 'c'])))).toEqual([
    [
      [1, 'a'],
      [2, 'a'],
    ],
    [
      [1, 'b'],
      [1, 'c'],
      [2, 'b'],
      [2, 'c'],
    ],
    [[3, 'a']],
    [
      [3, 'b'],
      [3, 'c'],
    ],
  ])
})

/** RDDs as in Spark's PartitioningSuite: unpartitioned with `partitions`, or hashed. */
function suite(parallelism?: number) {
  const context = makeRddContext(parallelism === undefined ? settings : { ...settings, parallelism })
  const plain = (count: number): Rdd => makeRdd({ count, compute: () => [] }, context)
  const hashed = (count: number): Rdd => makeRdd({ count, compute: () => [] }, context, { hashPartitions: count })
  const joined = (first: Rdd, ...others: Rdd[]) => first.cogroup(...others).getNumPartitions()
  return { plain, hashed, joined }
}

test('the default partitioner: the figures of Spark’s PartitioningSuite', () => {
  const { plain, hashed, joined } = suite()
  expect(joined(plain(150), hashed(10))).toBe(150) // ten are too few for 150
  expect(joined(hashed(10), hashed(100))).toBe(100)
  expect(joined(hashed(100), plain(150))).toBe(100)
  expect(joined(plain(150), hashed(10), hashed(100))).toBe(100)
  expect(joined(hashed(9), plain(11))).toBe(9)
})

test('the default partitioner when spark.default.parallelism is set', () => {
  const { plain, hashed, joined } = suite(4)
  expect(joined(plain(150), hashed(10))).toBe(10)
  expect(joined(hashed(10), hashed(100))).toBe(100)
  expect(joined(hashed(100), plain(150))).toBe(100)
  expect(joined(plain(150), hashed(10), hashed(100))).toBe(100)
  expect(joined(hashed(9), plain(11))).toBe(9)
  expect(joined(plain(11), plain(11))).toBe(4)
  expect(joined(plain(150), plain(11))).toBe(4)
  expect(
    plain(7)
      .reduceByKey((a) => a)
      .getNumPartitions(),
  ).toBe(4)
  expect(plain(7).distinct().getNumPartitions()).toBe(7)
})
