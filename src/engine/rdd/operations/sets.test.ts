import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyArbitrary, pairArbitrary, partitionsArbitrary } from '#engine/rdd/testing/arbitraries.ts'
import { partitionsOf, rddOf } from '#engine/rdd/testing/test-rdd.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { keyForm } from '#engine/record/key-form.ts'

const forms = (records: readonly unknown[]) => records.map((record) => String(keyForm(record))).sort()
const once = (records: readonly unknown[]) => [...new Set(forms(records))]

test('distinct, intersection and subtract agree with sets', () => {
  const sides = partitionsArbitrary(keyArbitrary)
  fc.assert(
    fc.property(sides, sides, fc.integer({ min: 1, max: 4 }), (left, right, n) => {
      const [a, b] = [rddOf(...left), rddOf(...right)]
      const [x, y] = [left.flat(), right.flat()]
      const inRight = new Set(forms(y))
      expect(forms(a.distinct().collect())).toEqual(once(x))
      expect(forms(a.distinct(n).collect())).toEqual(once(x))
      expect(forms(a.intersection(b, n).collect())).toEqual(once(x).filter((form) => inRight.has(form)))
      expect(forms(a.subtract(b).collect())).toEqual(forms(x).filter((form) => !inRight.has(form)))
      expect(forms(a.subtract(b, n).collect())).toEqual(forms(x).filter((form) => !inRight.has(form)))
      expect(a.distinct(n).getNumPartitions()).toBe(n)
      expect(a.subtract(b).getNumPartitions()).toBe(left.length)
    }),
  )
})

test('subtractByKey drops the keys that the other has and keeps the rest, repeated ones together', () => {
  const sides = partitionsArbitrary(pairArbitrary)
  fc.assert(
    fc.property(sides, sides, (left, right) => {
      const other = new Set(right.flat().map(([key]) => String(keyForm(key))))
      const kept = left.flat().filter(([key]) => !other.has(String(keyForm(key))))
      expect(
        forms(
          rddOf(...left)
            .subtractByKey(rddOf(...right))
            .collect(),
        ),
      ).toEqual(forms(kept))
    }),
  )
  const x = rddOf(
    [
      ['a', 1],
      ['b', 4],
    ],
    [
      ['b', 5],
      ['a', 2],
    ],
  )
  expect(
    x
      .subtractByKey(
        rddOf([
          ['a', 3],
          ['c', null],
        ]),
        1,
      )
      .collect(),
  ).toEqual([
    ['b', 4],
    ['b', 5],
  ])
})

test('subtract keeps repeated records: Spark’s own example', () => {
  const x = rddOf(
    [
      ['a', 1],
      ['b', 4],
    ],
    [
      ['b', 5],
      ['a', 3],
      ['b', 4],
    ],
  )
  expect(
    forms(
      x
        .subtract(
          rddOf([
            ['a', 3],
            ['c', null],
          ]),
        )
        .collect(),
    ),
  ).toEqual(
    forms([
      ['a', 1],
      ['b', 4],
      ['b', 4],
      ['b', 5],
    ]),
  )
})

test('distinct of an RDD partitioned by key stays in its partitions', () => {
  const hashed = rddOf([
    ['a', 1],
    ['a', 1],
    ['b', 1],
  ]).partitionBy(2)
  const distinct = hashed.distinct()
  expect(distinct.partitioner).toEqual({ kind: 'hash', numPartitions: 2 })
  expect(distinct.toDebugString().split('\n').length).toBe(3)
  expect(forms(distinct.collect())).toEqual(
    forms([
      ['a', 1],
      ['b', 1],
    ]),
  )
  expect(hashed.distinct(3).partitioner).toBeNull()
})

test('subtract from an RDD partitioned by key leaves its pairs in their keys’ partitions', () => {
  fc.assert(
    fc.property(fc.array(pairArbitrary), fc.array(pairArbitrary), (left, right) => {
      const rest = rddOf(left).partitionBy(3).subtract(rddOf(right))
      const other = new Set(forms(right))
      expect(forms(rest.collect())).toEqual(forms(left).filter((form) => !other.has(form)))
      partitionsOf(rest).forEach((records, index) => {
        for (const [key] of records as [unknown][]) expect(partitionOf(key, 3)).toBe(index)
      })
    }),
  )
})
