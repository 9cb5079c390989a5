import { murmur3OfInt } from './murmur3.ts'

const INITIAL_CAPACITY = 64
const LOAD_FACTOR = 0.7

/** In which order Spark's reduce side gives out the keys it has gathered: the slot order of its open-addressing table.
 *  Shape:  hashes of distinct keys in order of first insertion → the permutation of 0 … n−1 in iteration order
 *  `nullIndex`: which of them is the key `null`: it has no slot, comes first, yet counts towards the table's growth.
 *  Source: org.apache.spark.util.collection.AppendOnlyMap (capacity 64; one insertion beyond 0.7 of it doubles the table
 *          and re-inserts in slot order; probes +1, +2, +3 … from the re-hashed code) */
export function slotOrder(hashes: Int32Array | readonly number[], nullIndex = -1): Int32Array {
  const indexes = new Int32Array(hashes.length)
  const spreads = new Int32Array(hashes.length)
  for (let index = 0; index < hashes.length; index++) {
    indexes[index] = index
    spreads[index] = murmur3OfInt(hashes[index] ?? 0)
  }
  return idsInSlotOrder(indexes, spreads, nullIndex)
}

/** The same for keys that have numbers: `ids` in order of first insertion, `spreads` by id: each key's hash, re-hashed by murmur3OfInt.
 *  `nullId`: the id of the key `null`. */
export function idsInSlotOrder(ids: Int32Array, spreads: Int32Array, nullId: number): Int32Array {
  const count = ids.length
  let capacity = INITIAL_CAPACITY
  let threshold = Math.trunc(LOAD_FACTOR * capacity)
  let slots = new Int32Array(capacity) // id + 1 of the key in a slot; 0 = empty
  let hasNull = false
  for (let place = 0; place < count; place++) {
    const id = ids[place] ?? 0
    if (id === nullId) hasNull = true
    else insert(slots, spreads[id] ?? 0, id + 1)
    if (place + 1 > threshold) {
      capacity *= 2
      threshold = Math.trunc(LOAD_FACTOR * capacity)
      const grown = new Int32Array(capacity)
      for (let slot = 0; slot < slots.length; slot++) {
        const entry = slots[slot] ?? 0
        if (entry !== 0) insert(grown, spreads[entry - 1] ?? 0, entry)
      }
      slots = grown
    }
  }

  const order = new Int32Array(count)
  let next = 0
  if (hasNull) order[next++] = nullId
  for (let slot = 0; slot < slots.length; slot++) {
    const entry = slots[slot] ?? 0
    if (entry !== 0) order[next++] = entry - 1
  }
  return order
}

function insert(slots: Int32Array, spread: number, entry: number): void {
  const mask = slots.length - 1
  let slot = spread & mask
  for (let step = 1; slots[slot] !== 0; step++) slot = (slot + step) & mask
  slots[slot] = entry
}
