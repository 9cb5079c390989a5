import { hashKey } from './hash.ts'
import { type KeyForm, keyForm } from './key-form.ts'
import { murmur3OfInt } from './murmur3.ts'
import { retainKey } from './retain-key.ts'

/** Keys as small numbers, so that what belongs to them can stand in arrays: equal keys have the same id, ids count from 0. A key's hash is taken once.
 *  An id never comes to mean another key, so whatever holds ids may hold them for as long as it likes. To get rid of keys, begin another index.
 *  Keeps: one entry per key */
export class KeyIndex {
  /** The id of the key `null`, or -1. */
  nullId = -1
  private readonly ids = new Map<KeyForm, number>()
  private readonly keys: unknown[] = []
  /** By id. */
  private spreads = new Int32Array(64)

  /** How many keys there are: ids are below this. */
  get capacity(): number {
    return this.keys.length
  }

  /** The id of a key, which gets one when it has none. A copy of a new key is kept.
   *  Fails: RecordError for a key that is no record */
  idOf(key: unknown): number {
    const form = formOf(key)
    return this.ids.get(form) ?? this.add(form, key)
  }

  /** The first of the equal keys that have this id. */
  keyOf(id: number): unknown {
    return this.keys[id]
  }

  /** What the slot order goes by, of each of these keys. */
  spreadsOf(ids: Int32Array): Int32Array {
    const { spreads } = this
    const found = new Int32Array(ids.length)
    for (let place = 0; place < ids.length; place++) found[place] = spreads[ids[place] ?? 0] ?? 0
    return found
  }

  private add(form: KeyForm, key: unknown): number {
    const spread = murmur3OfInt(hashKey(key))
    const id = this.keys.length
    const kept = retainKey(key)
    this.ids.set(kept === key ? form : formOf(kept), id)
    this.keys.push(kept)
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
