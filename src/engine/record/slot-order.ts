import { murmur3OfInt } from './murmur3.ts'

const INITIAL_CAPACITY = 64
const LOAD_FACTOR = 0.7

/** In which order Spark's reduce side gives out the keys it has gathered: the slot order of its open-addressing table.
 *  Shape:  hashes of distinct keys in order of first insertion → the permutation of 0 … n−1 in iteration order
 *  `nullIndex`: which of them is the key `null`: it has no slot, comes first, yet counts towards the table's growth.
 *  Source: org.apache.spark.util.collection.AppendOnlyMap (capacity 64; one insertion beyond 0.7 of it doubles the table
 *          and re-inserts in slot order; probes +1, +2, +3 … from the re-hashed code) */
export function slotOrder(hashes: Int32Array | readonly number[], nullIndex = -1): Int32Array {
  const spreads = new Int32Array(hashes.length)
  for (let index = 0; index < hashes.length; index++) spreads[index] = murmur3OfInt(hashes[index] ?? 0)
  return slotOrderOfSpreads(spreads, nullIndex)
}

/** The same of hashes that murmur3OfInt has re-hashed. Where these are in slot order already, memory is read nearly from front to back. */
export function slotOrderOfSpreads(spreads: Int32Array, nullIndex = -1): Int32Array {
  const count = spreads.length
  let capacity = INITIAL_CAPACITY
  let threshold = Math.trunc(LOAD_FACTOR * capacity)
  let slots = new Int32Array(capacity) // index + 1 of the key in a slot; 0 = empty
  for (let index = 0; index < count; index++) {
    if (index !== nullIndex) insert(slots, spreads, index)
    if (index + 1 > threshold) {
      capacity *= 2
      threshold = Math.trunc(LOAD_FACTOR * capacity)
      const grown = new Int32Array(capacity)
      for (let slot = 0; slot < slots.length; slot++) {
        const entry = slots[slot] ?? 0
        if (entry !== 0) insert(grown, spreads, entry - 1)
      }
      slots = grown
    }
  }

  const order = new Int32Array(count)
  let next = 0
  if (nullIndex >= 0 && nullIndex < count) order[next++] = nullIndex
  for (let slot = 0; slot < slots.length; slot++) {
    const entry = slots[slot] ?? 0
    if (entry !== 0) order[next++] = entry - 1
  }
  return order
}

function insert(slots: Int32Array, spreads: Int32Array, index: number): void {
  const mask = slots.length - 1
  let slot = (spreads[index] ?? 0) & mask
  for (let step = 1; slots[slot] !== 0; step++) slot = (slot + step) & mask
  slots[slot] = index + 1
}
