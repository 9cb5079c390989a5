import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyArbitrary, partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { rddOf } from '#engine/rdd/testing/test-rdd.ts'
import { keyForm } from '#engine/record/key-form.ts'

const add = (a: unknown, b: unknown) => Number(a) + Number(b)
const text = (a: unknown, b: unknown) => `${a}${b}`

test('actions agree with arrays', () => {
  fc.assert(
    fc.property(partitionsArbitrary(fc.integer({ min: -20, max: 20 })), fc.nat(12), (partitions, num) => {
      const rdd = rddOf(...partitions)
      const all = partitions.flat()
      const sorted = [...all].sort((a, b) => a - b)
      expect(rdd.take(num)).toEqual(all.slice(0, num))
      expect(rdd.takeOrdered(num)).toEqual(sorted.slice(0, num))
      expect(rdd.top(num)).toEqual([...sorted].reverse().slice(0, num))
      expect(rdd.isEmpty()).toBe(all.length === 0)
      expect(rdd.fold(0, add)).toBe(all.reduce(add, 0))
      expect(rdd.aggregate(0, (count) => Number(count) + 1, add)).toBe(all.length)
      expect(rdd.sum()).toBe(all.reduce(add, 0))
      if (all.length === 0) return
      expect(rdd.first()).toBe(all[0])
      expect(rdd.reduce(add)).toBe(all.reduce(add))
      expect([rdd.min(), rdd.max()]).toEqual([Math.min(...all), Math.max(...all)])
      expect(rdd.min((a, b) => Math.abs(Number(a)) - Math.abs(Number(b)))).toBe(
        all.reduce((least, n) => (Math.abs(n) < Math.abs(least) ? n : least)),
      )
    }),
  )
})

test('reduce, fold and aggregate go through partitions in order, each beginning with the zero value', () => {
  const rdd = rddOf(['a', 'b'], [], ['c'])
  expect(rdd.reduce(text)).toBe('abc')
  expect(rdd.fold('.', text)).toBe('..ab..c')
  expect(rdd.aggregate('<', text, text)).toBe('<<ab<<c')
  const zero: unknown[] = []
  const push = (list: unknown, value: unknown) => {
    const values = list as unknown[]
    values.push(value)
    return values
  }
  expect(rdd.aggregate(zero, push, (a, b) => [...(a as unknown[]), ...(b as unknown[])])).toEqual(['a', 'b', 'c'])
  expect(zero).toEqual([])
})

test('actions that need a record say so as Spark does', () => {
  const empty = rddOf([], [])
  for (const act of [() => empty.first(), () => empty.reduce(add), () => empty.max(), () => empty.min()]) {
    expect(act).toThrow('empty collection')
  }
  expect([empty.fold(0, add), empty.isEmpty(), empty.count(), empty.collect(), empty.sum()]).toEqual([
    0,
    true,
    0,
    [],
    0,
  ])
  const none = rddOf().sparkContext.emptyRDD()
  expect([none.isEmpty(), none.count(), none.take(3), none.top(3), none.sum()]).toEqual([true, 0, [], [], 0])
  expect(() => none.stats()).toThrow('empty collection')
})

test('a value that is undefined is a record too', () => {
  const rdd = rddOf([undefined])
  expect([rdd.isEmpty(), rdd.first(), rdd.count(), rdd.reduce(add)]).toEqual([false, undefined, 1, undefined])
})

test('countByValue, countByKey and lookup compare by content', () => {
  fc.assert(
    fc.property(partitionsArbitrary(keyArbitrary), (partitions) => {
      const all = partitions.flat()
      const counted = rddOf(...partitions).countByValue()
      const expected = new Map<unknown, number>()
      for (const key of all) expected.set(keyForm(key), (expected.get(keyForm(key)) ?? 0) + 1)
      expect(new Map(counted.map(([key, count]) => [keyForm(key), count]))).toEqual(expected)
      expect(counted.length).toBe(expected.size)
      const pairs = rddOf(...partitions).zipWithIndex()
      expect(new Map(pairs.countByKey().map(([key, count]) => [keyForm(key), count]))).toEqual(expected)
      for (const key of all) {
        const found = pairs.lookup(key)
        expect(found.length).toBe(expected.get(keyForm(key)))
        expect(pairs.partitionBy(3).lookup(key)).toEqual(found)
      }
    }),
  )
})

test('collectAsMap keeps the last value of a key', () => {
  const map = rddOf(
    [
      ['a', 1],
      ['b', 2],
    ],
    [
      ['a', 3],
      [['x'], 4],
    ],
    [[['x'], 5]],
  ).collectAsMap()
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
    [['x'], 5],
  ])
  expect(map.get('a')).toBe(3)
})

test('foreach and foreachPartition see every record once, in order', () => {
  const seen: unknown[] = []
  rddOf([1, 2], [], [3]).foreach((record) => seen.push(record))
  rddOf([1, 2], [], [3]).foreachPartition((records) => seen.push(records))
  expect(seen).toEqual([1, 2, 3, [1, 2], [], [3]])
})

test('take copes with more records than a call may have arguments', () => {
  const many = Array.from({ length: 300_000 }, (_, index) => index)
  expect(rddOf(many).take(250_000).length).toBe(250_000)
  expect(rddOf([], many).take(250_000).length).toBe(250_000)
  expect(rddOf(many, many).takeOrdered(3)).toEqual([0, 0, 1])
})
