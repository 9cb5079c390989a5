import type { KeyIndex } from '#engine/record/key-index.ts'
import { slotOrderOfSpreads } from '#engine/record/slot-order.ts'

/** Distinct keys in some order, by their ids in an index. */
export class KeyOrder {
  readonly index: KeyIndex
  readonly ids: Int32Array
  private readonly spreads: Int32Array
  private places: Int32Array | undefined

  private constructor(index: KeyIndex, ids: Int32Array, spreads: Int32Array) {
    this.index = index
    this.ids = ids
    this.spreads = spreads
  }

  static of(index: KeyIndex, ids: Int32Array): KeyOrder {
    return new KeyOrder(index, ids, index.spreadsOf(ids))
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

  /** The order in which Spark's reduce side gives out these keys and then the others when they were inserted in this order, and where each of
   *  them stood in it. */
  inserted(others: Int32Array = new Int32Array(0)): { readonly order: KeyOrder; readonly from: Int32Array } {
    const ids = joined(this.ids, others)
    const spreads = joined(this.spreads, this.index.spreadsOf(others))
    const { nullId } = this.index
    const from = slotOrderOfSpreads(spreads, nullId < 0 ? -1 : ids.indexOf(nullId))
    const idsInOrder = new Int32Array(from.length)
    const spreadsInOrder = new Int32Array(from.length)
    for (let place = 0; place < from.length; place++) {
      const old = from[place] ?? 0
      idsInOrder[place] = ids[old] ?? 0
      spreadsInOrder[place] = spreads[old] ?? 0
    }
    return { order: new KeyOrder(this.index, idsInOrder, spreadsInOrder), from }
  }

  /** The same keys in another index. */
  in(index: KeyIndex): KeyOrder {
    return new KeyOrder(
      index,
      this.ids.map((id) => index.idOf(this.index.keyOf(id))),
      this.spreads,
    )
  }
}

function joined(some: Int32Array, others: Int32Array): Int32Array {
  if (others.length === 0) return some
  const all = new Int32Array(some.length + others.length)
  all.set(some)
  all.set(others, some.length)
  return all
}
