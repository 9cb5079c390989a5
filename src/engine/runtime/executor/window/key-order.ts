import type { KeyIndex, NumberedKeys } from '#engine/record/key-index.ts'
import { slotOrderOfIds } from './slot-order-of-ids.ts'

/** Distinct keys in some order, by their ids in an index. */
export class KeyOrder {
  readonly index: NumberedKeys
  readonly ids: Int32Array
  private places: Int32Array | undefined

  constructor(index: NumberedKeys, ids: Int32Array) {
    this.index = index
    this.ids = ids
  }

  /** Where each key stands, plus 1, by id; 0 or nothing: nowhere. */
  get placesById(): Int32Array {
    if (this.places === undefined) {
      let last = -1
      for (let place = 0; place < this.ids.length; place++) last = Math.max(last, this.ids[place] ?? 0)
      this.places = new Int32Array(last + 1)
      for (let place = 0; place < this.ids.length; place++) this.places[this.ids[place] ?? 0] = place + 1
    }
    return this.places
  }

  /** The order in which Spark's reduce side gives out these keys and then the others when they were inserted in this order. */
  inserted(others: Int32Array = new Int32Array(0)): KeyOrder {
    const { index } = this
    return new KeyOrder(index, slotOrderOfIds(joined(this.ids, others), index.spreadsById, index.nullId))
  }

  /** The same keys in another index. */
  in(index: KeyIndex): KeyOrder {
    const keys = Array.from(this.ids, (id) => this.index.keyOf(id))
    return new KeyOrder(index, index.idsOf(keys))
  }
}

function joined(some: Int32Array, others: Int32Array): Int32Array {
  if (others.length === 0) return some
  const all = new Int32Array(some.length + others.length)
  all.set(some)
  all.set(others, some.length)
  return all
}
