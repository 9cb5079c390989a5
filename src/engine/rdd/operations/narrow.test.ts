import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairArbitrary, partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { partitionsOf, rddOf } from '#engine/rdd/testing/test-rdd.ts'

const letters = [['a', 'b'], ['c', 'd', 'e'], ['f']]

test('map, filter, flatMap, keyBy and their like work as on arrays, partition by partition', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.integer()), (partitions) => {
      const rdd = rddOf(...partitions)
      const each = (fn: (records: number[]) => unknown[]) => partitions.map(fn)
      expect(partitionsOf(rdd.map((n) => Number(n) * 2))).toEqual(each((records) => records.map((n) => n * 2)))
      expect(partitionsOf(rdd.filter((n) => Number(n) > 0))).toEqual(each((records) => records.filter((n) => n > 0)))
      expect(partitionsOf(rdd.flatMap((n) => [n, n]))).toEqual(each((records) => records.flatMap((n) => [n, n])))
      expect(partitionsOf(rdd.keyBy((n) => Number(n) % 3))).toEqual(each((records) => records.map((n) => [n % 3, n])))
      expect(rdd.collect()).toEqual(partitions.flat())
      expect(rdd.count()).toBe(partitions.flat().length)
    }),
  )
})

test('keys, values, mapValues and flatMapValues', () => {
  fc.assert(
    fc.property(partitionsArbitrary(pairArbitrary), (partitions) => {
      const rdd = rddOf(...partitions)
      const pairs = partitions.flat()
      expect(rdd.keys().collect()).toEqual(pairs.map(([key]) => key))
      expect(rdd.values().collect()).toEqual(pairs.map(([, value]) => value))
      expect(rdd.mapValues((n) => Number(n) + 1).collect()).toEqual(pairs.map(([key, value]) => [key, value + 1]))
      expect(rdd.flatMapValues((n) => [n, 'x']).collect()).toEqual(
        pairs.flatMap(([key, value]) => [
          [key, value],
          [key, 'x'],
        ]),
      )
    }),
  )
})

test('functions are given the record alone', () => {
  const args: unknown[][] = []
  const spy = (...given: unknown[]) => {
    args.push(given)
    return []
  }
  const rdd = rddOf([[1, 2]])
  rdd.map(spy).count()
  rdd.filter(spy).count()
  rdd.flatMap(spy).count()
  rdd.mapValues(spy).count()
  rdd.foreach(spy)
  expect(args).toEqual([[[1, 2]], [[1, 2]], [[1, 2]], [2], [[1, 2]]])
})

test('flatMap takes strings and other iterables apart', () => {
  expect(
    rddOf(['ab', 'c'])
      .flatMap((s) => String(s))
      .collect(),
  ).toEqual(['a', 'b', 'c'])
  expect(
    rddOf([2])
      .flatMap((n) => new Set([n, 3]))
      .collect(),
  ).toEqual([2, 3])
  expect(() =>
    rddOf([1])
      .flatMap((n) => Number(n))
      .collect(),
  ).toThrow('flatMap: the function must return an array or another iterable, not 1')
})

test('glom, mapPartitions and mapPartitionsWithIndex see whole partitions', () => {
  const rdd = rddOf(...letters)
  expect(rdd.glom().collect()).toEqual(letters)
  expect(rdd.mapPartitions((records) => [(records as string[]).join('')]).collect()).toEqual(['ab', 'cde', 'f'])
  expect(rdd.mapPartitionsWithIndex((index, records) => [[index, ...(records as string[])]]).collect()).toEqual(
    letters.map((records, index) => [index, ...records]),
  )
})

test('a function may change the array of a partition without changing the RDD', () => {
  const rdd = rddOf([3, 1, 2])
  expect(rdd.mapPartitions((records) => (records as number[]).sort()).collect()).toEqual([1, 2, 3])
  rdd.foreachPartition((records) => (records as number[]).reverse())
  const cached = rdd.map((n) => n).cache()
  cached.mapPartitions((records) => (records as number[]).splice(0)).count()
  cached.collect().pop()
  expect([rdd.collect(), cached.collect()]).toEqual([
    [3, 1, 2],
    [3, 1, 2],
  ])
})

test('zipWithUniqueId gives i·n + k to record i of partition k of n: Spark’s own example', () => {
  const sc = rddOf().sparkContext
  expect(sc.parallelize(['a', 'b', 'c', 'd', 'e'], 3).zipWithUniqueId().collect()).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 4],
    ['d', 2],
    ['e', 5],
  ])
})

test('zipWithIndex counts through the partitions; ids are unique', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.string()), (partitions) => {
      const rdd = rddOf(...partitions)
      expect(rdd.zipWithIndex().collect()).toEqual(partitions.flat().map((record, index) => [record, index]))
      const ids = rdd.zipWithUniqueId().values().collect()
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('the partitioner survives what keeps the keys, and nothing else', () => {
  const hashed = rddOf([['a', 1]]).partitionBy(3)
  const kept = { kind: 'hash', numPartitions: 3 }
  const same = (records: unknown) => records as unknown[]
  for (const rdd of [
    hashed.filter(() => true),
    hashed.mapValues((n) => n),
    hashed.flatMapValues((n) => [n]),
    hashed.mapPartitions(same, true),
    hashed.mapPartitionsWithIndex((_, records) => same(records), true),
  ]) {
    expect(rdd.partitioner).toEqual(kept)
  }
  for (const rdd of [
    hashed.map((pair) => pair),
    hashed.flatMap((pair) => [pair]),
    hashed.mapPartitions(same),
    hashed.glom(),
    hashed.keys(),
    hashed.keyBy((pair) => pair),
    hashed.zipWithIndex(),
    hashed.coalesce(1),
    hashed.repartition(3),
  ]) {
    expect(rdd.partitioner).toBeNull()
  }
})
