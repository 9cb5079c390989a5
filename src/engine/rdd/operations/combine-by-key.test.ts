import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairArbitrary, partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { hashPartitionsOf, partitionsOf, rddOf } from '#engine/rdd/testing/test-rdd.ts'
import { hashKey, partitionOf } from '#engine/record/hash.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { slotOrder } from '#engine/record/slot-order.ts'

const add = (a: unknown, b: unknown) => Number(a) + Number(b)

type Pair = readonly [unknown, unknown]

/** Values by key as a reduce side orders them: partition by partition, each in slot order. */
function slowGroups(pairs: readonly Pair[], numPartitions: number): (readonly [unknown, unknown[]])[][] {
  return Array.from({ length: numPartitions }, (_, partition) => {
    const groups = new Map<unknown, readonly [unknown, unknown[]]>()
    for (const [key, value] of pairs) {
      if (partitionOf(key, numPartitions) !== partition) continue
      const group = groups.get(keyForm(key)) ?? ([key, []] as const)
      groups.set(keyForm(key), group)
      group[1].push(value)
    }
    const rows = [...groups.values()]
    const nullIndex = rows.findIndex(([key]) => key === null)
    const order = slotOrder(
      rows.map(([key]) => hashKey(key)),
      nullIndex,
    )
    return Array.from(order, (index) => rows[index] ?? (['missing', []] as const))
  })
}

const sums = (groups: (readonly [unknown, unknown[]])[][]) =>
  groups.map((rows) => rows.map(([key, values]) => [key, values.reduce(add, 0)]))

test('reduceByKey, groupByKey, foldByKey, aggregateByKey and combineByKey agree with groups made slowly', () => {
  fc.assert(
    fc.property(partitionsArbitrary(pairArbitrary), fc.integer({ min: 1, max: 4 }), (partitions, n) => {
      const rdd = rddOf(...partitions)
      const groups = slowGroups(partitions.flat(), n)
      expect(partitionsOf(rdd.groupByKey(n))).toEqual(groups)
      expect(partitionsOf(rdd.reduceByKey(add, n))).toEqual(sums(groups))
      expect(partitionsOf(rdd.foldByKey(0, add, n))).toEqual(sums(groups))
      const push = (list: unknown, value: unknown) => {
        const values = list as unknown[]
        values.push(value)
        return values
      }
      const concat = (a: unknown, b: unknown) => [...(a as unknown[]), ...(b as unknown[])]
      expect(partitionsOf(rdd.aggregateByKey([], push, concat, n))).toEqual(groups)
      expect(partitionsOf(rdd.combineByKey((v) => [v], push, concat, n))).toEqual(groups)
      expect(partitionsOf(rdd.combineByKey((v) => [v], push, concat, n, false))).toEqual(groups)
      expect(partitionsOf(rdd.partitionBy(n).groupByKey(n))).toEqual(groups)
    }),
  )
})

test('lists come in the order that Spark’s Java suite asserts', () => {
  const first = rddOf([
    ['california', 1],
    ['california', 3],
    ['new york', 4],
    ['new york', 1],
  ])
  expect(first.reduceByKey(add, 2).collect()).toEqual([
    ['california', 4],
    ['new york', 5],
  ])
})

test('the zero value is everyone’s own, and a second action starts from it again', () => {
  const rdd = rddOf([['a', 1]], [['a', 2]], [['b', 3]])
  const zero = { values: [] as unknown[] }
  const grow = (state: unknown, value: unknown) => {
    const { values } = state as typeof zero
    values.push(value)
    return state
  }
  const merge = (a: unknown, b: unknown) => {
    const [left, right] = [a as typeof zero, b as typeof zero]
    left.values.push(...right.values)
    return left
  }
  const grown = rdd.aggregateByKey(zero, grow, merge, 1)
  const expected = [
    ['a', { values: [1, 2] }],
    ['b', { values: [3] }],
  ]
  expect(grown.collect()).toEqual(expected)
  expect(grown.collect()).toEqual(expected)
  expect(zero).toEqual({ values: [] })
})

test('map-side combining sees each map partition by itself', () => {
  const calls: unknown[][] = []
  const rdd = rddOf(
    [
      ['a', 1],
      ['a', 2],
    ],
    [['a', 4]],
  )
  const merge = (a: unknown, b: unknown) => {
    calls.push([a, b])
    return add(a, b)
  }
  expect(rdd.reduceByKey(merge, 1).collect()).toEqual([['a', 7]])
  expect(calls).toEqual([
    [1, 2],
    [3, 4],
  ])
})

test('pairs that lie in their partitions are not shuffled again', () => {
  const hashed = rddOf([['a', 1]], [['a', 2]]).partitionBy(3)
  const reduced = hashed.reduceByKey(add)
  expect(hashPartitionsOf(reduced)).toBe(3)
  expect(reduced.toDebugString()).toBe(
    [
      '(3) MapPartitionsRDD[2] at reduceByKey []',
      ' |  ShuffledRDD[1] at partitionBy []',
      ' +-(2) BatchRDD[0] at stream []',
    ].join('\n'),
  )
  expect(hashed.partitionBy(3).id).toBe(hashed.id)
  expect(reduced.collect()).toEqual([['a', 3]])
})

test('groupBy groups records by a key of theirs', () => {
  const groups = rddOf([1, 1, 2], [3, 5, 8]).groupBy((n) => Number(n) % 2, 1)
  expect(groups.collect()).toEqual([
    [0, [2, 8]],
    [1, [1, 1, 3, 5]],
  ])
})

test('what is no pair, or no key, is named', () => {
  expect(() => rddOf([3]).reduceByKey(add).collect()).toThrow('reduceByKey needs pairs [key, value], got 3')
  expect(() =>
    rddOf([[() => 1, 2]])
      .groupByKey()
      .collect(),
  ).toThrow('The key is a function')
  expect(() => rddOf([1]).reduceByKey(add, 0)).toThrow(
    'reduceByKey: numPartitions must be a whole number of at least 1, got 0',
  )
})
