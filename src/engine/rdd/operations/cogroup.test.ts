import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairArbitrary, partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { rddOf } from '#engine/rdd/testing/test-rdd.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { keyForm } from '#engine/record/key-form.ts'

type Pair = readonly [unknown, number]

const same = (a: unknown, b: unknown) => keyForm(a) === keyForm(b) || (Number.isNaN(a) && Number.isNaN(b))

function slowJoin(left: readonly Pair[], right: readonly Pair[], keepLeft: boolean, keepRight: boolean): unknown[] {
  const rows: unknown[] = []
  for (const [key, value] of left) {
    const matches = right.filter(([other]) => same(key, other))
    for (const [, other] of matches) rows.push([key, [value, other]])
    if (keepLeft && matches.length === 0) rows.push([key, [value, null]])
  }
  if (!keepRight) return rows
  for (const [key, value] of right) {
    if (!left.some(([other]) => same(key, other))) rows.push([key, [null, value]])
  }
  return rows
}

/** As texts, sorted, since keys of all kinds have no order. */
const bag = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row, texts)).sort()
const texts = (_: string, value: unknown) => (Number.isNaN(value) ? 'NaN' : Object.is(value, -0) ? 0 : value)

test('joins agree with loops over both sides', () => {
  const sides = partitionsArbitrary(pairArbitrary)
  fc.assert(
    fc.property(sides, sides, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }), (left, right, n) => {
      const [a, b] = [rddOf(...left), rddOf(...right)]
      const [x, y] = [left.flat(), right.flat()]
      expect(bag(a.join(b, n).collect())).toEqual(bag(slowJoin(x, y, false, false)))
      expect(bag(a.leftOuterJoin(b, n).collect())).toEqual(bag(slowJoin(x, y, true, false)))
      expect(bag(a.rightOuterJoin(b, n).collect())).toEqual(bag(slowJoin(x, y, false, true)))
      expect(bag(a.fullOuterJoin(b, n).collect())).toEqual(bag(slowJoin(x, y, true, true)))
    }),
  )
})

test('cogroup has every key once, in its partition, with the values of every side in order', () => {
  const sides = partitionsArbitrary(pairArbitrary)
  fc.assert(
    fc.property(sides, sides, sides, fc.integer({ min: 1, max: 4 }), (first, second, third, n) => {
      const parts = [first, second, third].map((partitions) => partitions.flat())
      const grouped = rddOf(...first).cogroup(rddOf(...second), rddOf(...third), n)
      const rows = grouped.collect() as [unknown, unknown[][]][] // cogroup's shape, which is what is tested
      expect(new Set(rows.map(([key]) => keyForm(key))).size).toBe(rows.length)
      for (const [key, groups] of rows) {
        expect(groups).toEqual(parts.map((pairs) => pairs.filter(([k]) => same(k, key)).map(([, value]) => value)))
      }
      grouped
        .mapPartitionsWithIndex((index, records) => (records as [unknown][]).map(([key]) => [key, index]))
        .foreach((pair) => {
          const [key, index] = pair as [unknown, number]
          expect(index).toBe(partitionOf(key, n))
        })
    }),
  )
})

test('one key’s rows: each left value with each right one', () => {
  const left = rddOf([['k', 1]], [['k', 2]])
  const right = rddOf([
    ['k', 'x'],
    ['k', 'y'],
    ['other', 'z'],
  ])
  expect(left.join(right, 1).collect()).toEqual([
    ['k', [1, 'x']],
    ['k', [1, 'y']],
    ['k', [2, 'x']],
    ['k', [2, 'y']],
  ])
  expect(left.rightOuterJoin(right, 1).lookup('other')).toEqual([[null, 'z']])
})

test('sides that are partitioned alike are joined where they lie', () => {
  const left = rddOf([['a', 1]], [['b', 2]]).partitionBy(2)
  const joined = left.join(left.mapValues((n) => n))
  expect(joined.toDebugString().split('\n')).toEqual([
    '(2) MapPartitionsRDD[4] at join []',
    ' |  CoGroupedRDD[3] at join []',
    ' |  ShuffledRDD[1] at partitionBy []',
    ' +-(2) BatchRDD[0] at stream []',
    ' |  MapPartitionsRDD[2] at mapValues []',
    ' |  ShuffledRDD[1] at partitionBy []',
    ' +-(2) BatchRDD[0] at stream []',
  ])
})

test('what is no RDD is named', () => {
  const rdd = rddOf([['a', 1]])
  expect(() => rdd.join([['a', 2]] as never)).toThrow('join needs an RDD, got [["a", 2]]')
  expect(() => rdd.cogroup()).toThrow('cogroup needs an RDD, got undefined')
  expect(() => rddOf([1]).join(rdd).collect()).toThrow('join needs pairs [key, value], got 1')
})
