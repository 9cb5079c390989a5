import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashKey, partitionOf } from './hash.ts'
import { murmur3OfInt } from './murmur3.ts'
import { slotOrder } from './slot-order.ts'

test('murmur3 gives its published values', () => {
  expect(murmur3OfInt(0) >>> 0).toBe(0x2362f9de)
  expect(murmur3OfInt(-1) >>> 0).toBe(0x76293b50)
  expect(murmur3OfInt(0x87654321) >>> 0).toBe(0xf55b516b)
})

type Pair = readonly [string, number]

/** reduceByKey with + as Spark's reduce side does it: partition by partition, each in slot order. */
function reduceByKey(pairs: readonly Pair[], numPartitions: number): Pair[] {
  return Array.from({ length: numPartitions }, (_, partition) => {
    const sums = new Map<string, number>()
    for (const [key, value] of pairs) {
      if (partitionOf(key, numPartitions) === partition) sums.set(key, (sums.get(key) ?? 0) + value)
    }
    const entries = [...sums]
    const order = slotOrder(entries.map(([key]) => hashKey(key)))
    return Array.from(order, (index) => entries[index] ?? (['missing', 0] as const))
  }).flat()
}

const first: Pair[] = [
  ['california', 1],
  ['california', 3],
  ['new york', 4],
  ['new york', 1],
]
const second: Pair[] = [
  ['california', 5],
  ['california', 5],
  ['new york', 3],
  ['new york', 1],
]

// The figures of JavaAPISuite (testCombineByKey, testReduceByKeyAndWindowWithInverse, testUpdateStateByKey), which
// assert the order of the lists.
test.each([
  [
    'combineByKey, batch 1',
    first,
    [
      ['california', 4],
      ['new york', 5],
    ],
  ],
  [
    'combineByKey, batch 2',
    second,
    [
      ['california', 10],
      ['new york', 4],
    ],
  ],
  [
    'window of both, updateStateByKey',
    [...first, ...second],
    [
      ['california', 14],
      ['new york', 9],
    ],
  ],
])("the order of Spark's Java suite: %s", (_, pairs, expected) => {
  expect(reduceByKey(pairs, 2)).toEqual(expected)
})

/** The table itself, slot by slot, as Spark keeps it. */
function reference(hashes: readonly number[], nullIndex: number): number[] {
  let table: (number | undefined)[] = new Array(64).fill(undefined)
  const put = (into: (number | undefined)[], index: number) => {
    let position = (murmur3OfInt(hashes[index] ?? 0) >>> 0) % into.length
    for (let step = 1; into[position] !== undefined; step++) position = (position + step) % into.length
    into[position] = index
  }
  for (let index = 0; index < hashes.length; index++) {
    if (index !== nullIndex) put(table, index)
    if (index + 1 > Math.floor(table.length * 0.7)) {
      const grown: (number | undefined)[] = new Array(table.length * 2).fill(undefined)
      for (const entry of table) if (entry !== undefined) put(grown, entry)
      table = grown
    }
  }
  const entries = table.filter((entry) => entry !== undefined)
  return nullIndex >= 0 ? [nullIndex, ...entries] : entries
}

test('any keys come out as from the table kept slot by slot', () => {
  const hash = fc.oneof(fc.integer(), fc.integer({ min: 0, max: 50 }))
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 300, size: 'max' }), fc.nat(400), (hashes, place) => {
      const nullIndex = place < hashes.length ? place : -1
      const order = Array.from(slotOrder(hashes, nullIndex))
      expect(order).toEqual(reference(hashes, nullIndex))
      expect([...order].sort((a, b) => a - b)).toEqual(hashes.map((_, index) => index))
    }),
  )
})

test('null comes first and counts towards growth', () => {
  const hashes = Array.from({ length: 45 }, (_, index) => index * 7)
  expect(slotOrder(hashes, 44)[0]).toBe(44)
  // 44 keys fill the first table; the 45th, though without a slot, doubles it.
  expect(Array.from(slotOrder(hashes, 44)).slice(1)).not.toEqual(Array.from(slotOrder(hashes.slice(0, 44))))
})
