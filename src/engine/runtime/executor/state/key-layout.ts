import { hashKey } from '#engine/record/hash.ts'
import { murmur3OfInt } from '#engine/record/murmur3.ts'
import { slotOrderOfSpreads } from '#engine/record/slot-order.ts'

/** In which order the keys of a batch come: `order` names places before it; undefined: as they stand. */
export interface NextLayout {
  readonly order: Int32Array | undefined
  readonly layout: KeyLayout
}

/** Where the keys of a partition's pairs stand, for the batch after it. Partitions with the same keys in the same order share it.
 *  Keeps: four bytes a key; no dictionary, as each key is looked at once a batch anyway */
export class KeyLayout {
  /** What the slot order goes by, by place. */
  readonly spreads: Int32Array
  /** Where the key `null` stands, or -1. */
  readonly nullPlace: number
  private stays = false

  constructor(spreads: Int32Array, nullPlace: number) {
    this.spreads = spreads
    this.nullPlace = nullPlace
  }

  /** What becomes of the same keys in the next batch. Of many keys some change places with every batch: those that meet where Spark's table ends, or ended
   *  before it grew. */
  unchanged(): NextLayout {
    if (this.stays) return { order: undefined, layout: this }
    const { order, layout } = ordered(this.spreads, this.nullPlace)
    this.stays = order.every((place, at) => place === at)
    return this.stays ? { order: undefined, layout: this } : { order, layout }
  }

  /** What becomes of the same keys and, after them, new ones. `nullAt`: which of the new ones is the key `null`, or -1. */
  withNew(spreads: Int32Array, nullAt: number): NextLayout {
    const all = new Int32Array(this.spreads.length + spreads.length)
    all.set(this.spreads)
    all.set(spreads, this.spreads.length)
    return ordered(all, nullAt < 0 ? this.nullPlace : this.spreads.length + nullAt)
  }

  /** Without the keys in these places, which ascend. */
  without(gone: readonly number[]): KeyLayout {
    const spreads = new Int32Array(this.spreads.length - gone.length)
    let from = 0
    let to = 0
    for (const place of [...gone, this.spreads.length]) {
      spreads.set(this.spreads.subarray(from, place), to)
      to += place - from
      from = place + 1
    }
    // The key `null` stands before all others.
    return new KeyLayout(spreads, gone[0] === this.nullPlace ? -1 : this.nullPlace)
  }
}

/** What a key's place among others goes by. */
export function spreadOf(key: unknown): number {
  return murmur3OfInt(hashKey(key))
}

/** The layout of pairs with distinct keys in the order of slots. */
export function layoutOf(pairs: readonly (readonly [unknown, unknown])[]): KeyLayout {
  const spreads = new Int32Array(pairs.length)
  pairs.forEach(([key], place) => {
    spreads[place] = spreadOf(key)
  })
  return new KeyLayout(spreads, pairs.length > 0 && pairs[0]?.[0] === null ? 0 : -1)
}

function ordered(spreads: Int32Array, nullPlace: number): { readonly order: Int32Array; readonly layout: KeyLayout } {
  const order = slotOrderOfSpreads(spreads, nullPlace)
  const next = new Int32Array(order.length)
  for (let at = 0; at < order.length; at++) next[at] = spreads[order[at] ?? 0] ?? 0
  return { order, layout: new KeyLayout(next, nullPlace < 0 ? -1 : 0) }
}
