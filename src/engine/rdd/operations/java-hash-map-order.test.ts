import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashKey } from '#engine/record/hash.ts'
import { javaHashMapOrder } from './java-hash-map-order.ts'

/** java.util.HashMap with its buckets: put one after another, doubled and re-linked when too full. */
function slowOrder(keys: readonly unknown[]): unknown[] {
  let table: unknown[][] = Array.from({ length: 16 }, () => [])
  const put = (key: unknown) => {
    const hash = hashKey(key)
    table[((hash ^ (hash >>> 16)) >>> 0) % table.length]?.push(key)
  }
  let size = 0
  for (const key of keys) {
    put(key)
    size += 1
    if (size <= table.length * 0.75) continue
    const old = table.flat()
    table = Array.from({ length: table.length * 2 }, () => [])
    for (const moved of old) put(moved)
  }
  return table.flat()
}

test('keys come in the order of Java’s buckets', () => {
  const inOrder = (keys: readonly unknown[]) => javaHashMapOrder(keys).map((index) => keys[index])
  expect(inOrder([17, 3, 16, 0, 1])).toEqual([16, 0, 17, 1, 3])
  // As a Java program prints the map: {banana=…, apple=…, cherry=…}
  expect(inOrder(['apple', 'banana', 'cherry'])).toEqual(['banana', 'apple', 'cherry'])
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.string(), fc.integer()), { maxLength: 100 }), (keys) => {
      expect(inOrder(keys)).toEqual(slowOrder(keys))
    }),
  )
})
