import { hashKey } from './hash.ts'
import { type KeyForm, keyForm } from './key-form.ts'
import { murmur3OfInt } from './murmur3.ts'
import { retainKey } from './retain-key.ts'
import { slotOrderOfSpreads } from './slot-order.ts'

/** Keys as small numbers, so that what belongs to them can stand in arrays: equal keys have the same id, ids count from 0.
 *  A key's hash is taken once. What holds ids for longer than one computation (an older RDD) must not see an id given to another key:
 *  either it never calls `remove`, or nobody reads ids of removed keys any more.
 *  Keeps: one entry per key, until it is removed */
export class KeyIndex {
  /** The id of the key `null`, or -1. */
  nullId = -1
  private readonly ids = new Map<KeyForm, number>()
  private readonly keys: unknown[] = []
  private readonly free: number[] = []
  /** By id. */
  private spreads = new Int32Array(64)

  /** Keys that have an id. */
  get size(): number {
    return this.ids.size
  }

  /** Ids are below this. */
  get capacity(): number {
    return this.keys.length
  }

  /** The id of a key, or -1.
   *  Fails: RecordError for a key that is no record */
  find(key: unknown): number {
    return this.ids.get(formOf(key)) ?? -1
  }

  /** The id of a key, which gets one when it has none. A copy of a new key is kept.
   *  Fails: as `find` */
  idOf(key: unknown): number {
    const form = formOf(key)
    return this.ids.get(form) ?? this.add(form, key)
  }

  /** The first of the equal keys that have this id. */
  keyOf(id: number): unknown {
    return this.keys[id]
  }

  /** Gives the id of a key to the next new key. */
  remove(id: number): void {
    this.ids.delete(formOf(this.keys[id]))
    this.keys[id] = undefined
    this.free.push(id)
    if (id === this.nullId) this.nullId = -1
  }

  /** What the slot order goes by, of each of these keys. */
  spreadsOf(ids: Int32Array): Int32Array {
    const { spreads } = this
    const found = new Int32Array(ids.length)
    for (let place = 0; place < ids.length; place++) found[place] = spreads[ids[place] ?? 0] ?? 0
    return found
  }

  /** Ids of distinct keys in the order in which Spark's reduce side gives out the keys when they were inserted in this order. */
  inSlotOrder(ids: Int32Array): Int32Array {
    const order = slotOrderOfSpreads(this.spreadsOf(ids), this.nullId < 0 ? -1 : ids.indexOf(this.nullId))
    for (let place = 0; place < order.length; place++) order[place] = ids[order[place] ?? 0] ?? 0
    return order
  }

  private add(form: KeyForm, key: unknown): number {
    const spread = murmur3OfInt(hashKey(key))
    const id = this.free.pop() ?? this.keys.length
    const kept = retainKey(key)
    this.ids.set(kept === key ? form : formOf(kept), id)
    this.keys[id] = kept
    if (id >= this.spreads.length) {
      const grown = new Int32Array(2 * this.spreads.length)
      grown.set(this.spreads)
      this.spreads = grown
    }
    this.spreads[id] = spread
    if (key === null) this.nullId = id
    return id
  }
}

/** Whether every key that is equal to this one is the same in every way, so that it does not matter which of them is kept: arrays and objects
 *  have keys in some order, dates are copied, and 0 equals -0. */
export function isPlainKey(key: unknown): boolean {
  return typeof key === 'object' ? key === null : key !== 0 || Object.is(key, 0)
}

/** As keyForm; most keys are texts that are their own form. */
function formOf(key: unknown): KeyForm {
  return typeof key === 'string' && key.charCodeAt(0) !== 0 ? key : keyForm(key)
}
