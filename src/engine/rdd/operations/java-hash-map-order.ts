import { hashKey } from '#engine/record/hash.ts'

/** In which order Java's HashMap gives out distinct keys that were put into it in this order.
 *  Shape:  keys → the permutation of 0 … n−1 in iteration order
 *  Unlike Java's, a bucket of eight or more keys stays a list, which only keys with colliding hashes can show.
 *  Source: java.util.HashMap (16 buckets, doubled beyond 0.75 keys each; hash folded by its upper half) */
export function javaHashMapOrder(keys: readonly unknown[]): readonly number[] {
  let capacity = 16
  while (keys.length > 0.75 * capacity) capacity *= 2
  const buckets = keys.map((key) => {
    const hash = hashKey(key)
    return (hash ^ (hash >>> 16)) & (capacity - 1)
  })
  return [...keys.keys()].sort((a, b) => (buckets[a] ?? 0) - (buckets[b] ?? 0))
}
