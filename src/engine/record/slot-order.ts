import { murmur3OfInt } from './murmur3.ts'

const INITIAL_CAPACITY = 64
const LOAD_FACTOR = 0.7

/** In which order Spark's reduce side gives out the keys it has gathered: the slot order of its open-addressing table.
 *  Shape:  hashes of distinct keys in order of first insertion → the permutation of 0 … n−1 in iteration order
 *  `nullIndex`: which of them is the key `null`: it has no slot, comes first, yet counts towards the table's growth.
 *  Source: org.apache.spark.util.collection.AppendOnlyMap (capacity 64; one insertion beyond 0.7 of it doubles the table
 *          and re-inserts in slot order; probes +1, +2, +3 … from the re-hashed code) */
export function slotOrder(hashes: Int32Array | readonly number[], nullIndex = -1): Uint32Array {
  const count = hashes.length
  const spread = new Int32Array(count)
  for (let index = 0; index < count; index++) spread[index] = murmur3OfInt(hashes[index] ?? 0)

  let capacity = INITIAL_CAPACITY
  let threshold = Math.trunc(LOAD_FACTOR * capacity)
  let slots = new Int32Array(capacity) // index + 1 of the key in a slot; 0 = empty
  for (let index = 0; index < count; index++) {
    if (index !== nullIndex) insert(slots, spread, index)
    if (index + 1 > threshold) {
      capacity *= 2
      threshold = Math.trunc(LOAD_FACTOR * capacity)
      const grown = new Int32Array(capacity)
      for (let slot = 0; slot < slots.length; slot++) {
        const entry = slots[slot] ?? 0
        if (entry !== 0) insert(grown, spread, entry - 1)
      }
      slots = grown
    }
  }

  const order = new Uint32Array(count)
  let next = 0
  if (nullIndex >= 0 && nullIndex < count) order[next++] = nullIndex
  for (const entry of slots) if (entry !== 0) order[next++] = entry - 1
  return order
}

function insert(slots: Int32Array, spread: Int32Array, index: number): void {
  const mask = slots.length - 1
  let slot = (spread[index] ?? 0) & mask
  for (let step = 1; slots[slot] !== 0; step++) slot = (slot + step) & mask
  slots[slot] = index + 1
}
