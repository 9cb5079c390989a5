import { expect, test } from 'vitest'
import { settings, watchedRdd } from '#engine/rdd/testing/test-rdd.ts'
import { makeRdd, makeRddContext, readRdd } from './make-rdd.ts'

test('nothing is computed before an action', () => {
  const { rdd, computed } = watchedRdd([1, 2], [3])
  const pairs = rdd.map((n) => [n, n]).filter(() => true)
  pairs
    .reduceByKey((a) => a)
    .join(pairs)
    .cogroup(pairs)
    .distinct()
    .repartition(3)
  pairs.union(rdd).subtract(rdd).intersection(rdd).cartesian(rdd).zip(rdd)
  pairs.sortByKey(true, 1).toDebugString()
  expect(computed).toEqual([])
})

test('a thunk of partitions is not called before it is needed, and once', () => {
  let calls = 0
  const partitions = () => {
    calls += 1
    return [[1], [2]]
  }
  const rdd = makeRdd(partitions, makeRddContext(settings))
  const mapped = rdd.map((n) => Number(n) + 1).repartition(2)
  expect(calls).toBe(0)
  expect(rdd.sparkContext.parallelize([1]).count()).toBe(1)
  expect(calls).toBe(0)
  expect(mapped.count()).toBe(2)
  expect(rdd.count()).toBe(2)
  expect(calls).toBe(1)
})

test('every action computes anew', () => {
  const { rdd, computed } = watchedRdd([1], [2])
  const mapped = rdd.map((n) => n)
  mapped.count()
  mapped.collect()
  expect(computed).toEqual([0, 1, 0, 1])
})

test('a persisted RDD keeps the partitions that were computed until it is unpersisted', () => {
  const { rdd, computed } = watchedRdd([1, 2], [3])
  let mapped = 0
  const cached = rdd.map((n) => {
    mapped += 1
    return n
  })
  expect(cached.cache()).toBe(cached)
  expect(cached.first()).toBe(1)
  expect([computed, mapped]).toEqual([[0], 2]) // the whole partition is kept, not only the record asked for
  cached.count()
  cached.map((n) => n).collect()
  expect([computed, mapped]).toEqual([[0, 1], 3])
  cached.unpersist()
  cached.count()
  expect([computed, mapped]).toEqual([[0, 1, 0, 1], 6])
})

test('take scans one partition, then four times as many while nothing is found', () => {
  const found = watchedRdd([], ...Array.from({ length: 30 }, () => [7]))
  expect(found.rdd.take(1)).toEqual([7])
  expect(found.computed).toEqual([0, 1, 2, 3, 4]) // 1, then 4

  const late = watchedRdd(...Array.from({ length: 6 }, () => []), ...Array.from({ length: 30 }, () => [7]))
  expect(late.rdd.take(1)).toEqual([7])
  expect(late.computed.length).toBe(25) // 1, 4, 20
})

test('take reads half as many partitions again as should be needed once something is found', () => {
  const { rdd, computed } = watchedRdd(...Array.from({ length: 40 }, () => [1, 2]))
  expect(rdd.take(6).length).toBe(6)
  // 1 partition gives 2; 4 missing: ceil(1.5 · 4 · 1 / 2) = 3 more
  expect(computed).toEqual([0, 1, 2, 3])
  computed.length = 0
  expect(rdd.take(30).length).toBe(30)
  // 1; then min(21, 4) = 4; 20 missing of 10 in 5: min(15, 20) = 15
  expect(computed.length).toBe(20)
})

test('take(0), a negative number and isEmpty, first compute no more than they must', () => {
  const { rdd, computed } = watchedRdd([1, 2], [3])
  expect([rdd.take(0), rdd.take(-1), rdd.takeOrdered(0), rdd.top(-2)]).toEqual([[], [], [], []])
  expect(computed).toEqual([])
  expect([rdd.first(), rdd.isEmpty()]).toEqual([1, false])
  expect(computed).toEqual([0, 0])
})

test('records flow one by one: first runs the functions before it once', () => {
  const { rdd } = watchedRdd([1, 2, 3])
  const seen: unknown[] = []
  const traced = rdd
    .map((n) => {
      seen.push(n)
      return n
    })
    .filter((n) => Number(n) > 1)
  expect(traced.first()).toBe(2)
  expect(seen).toEqual([1, 2])
})

test('what was shuffled is read again without computing the map side again', () => {
  const { rdd, computed } = watchedRdd([['a', 1]], [['a', 2]])
  const sums = rdd.reduceByKey((a, b) => Number(a) + Number(b))
  expect(sums.collect()).toEqual([['a', 3]])
  expect(sums.collect()).toEqual([['a', 3]])
  expect(sums.mapValues((n) => n).count()).toBe(1)
  expect(computed).toEqual([0, 1])
})

test('sortBy into several partitions and zipWithIndex of several compute at once, as in Spark', () => {
  const sorted = watchedRdd([2], [1])
  sorted.rdd.sortBy((n) => n)
  expect(sorted.computed).toEqual([0, 1])
  const single = watchedRdd([2, 1])
  single.rdd.sortBy((n) => n)
  single.rdd.zipWithIndex()
  expect(single.computed).toEqual([])
  const numbered = watchedRdd([1], [2], [3])
  numbered.rdd.zipWithIndex()
  expect(numbered.computed).toEqual([0, 1]) // the last partition's size is not needed
})

test('lookup reads one partition of an RDD that is partitioned by key', () => {
  const computed: number[] = []
  const compute = (partition: number) => {
    computed.push(partition)
    return [[partition, 'value']]
  }
  const rdd = makeRdd({ count: 4, compute }, makeRddContext(settings), { hashPartitions: 4 })
  expect(rdd.lookup(2)).toEqual(['value'])
  expect(computed).toEqual([2])
})

test('the engine reads a returned RDD partition by partition', () => {
  const { rdd, computed } = watchedRdd([1], [2])
  const reading = readRdd(rdd.map((n) => Number(n) * 10))
  expect(reading?.count).toBe(2)
  expect(reading?.records(1)).toEqual([20])
  expect(computed).toEqual([1])
  expect([readRdd([1]), readRdd(null), readRdd({ id: 1 })]).toEqual([undefined, undefined, undefined])
})
