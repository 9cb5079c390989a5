import { hashKey } from './hash.ts'
import { type KeyForm, keyForm } from './key-form.ts'
import { murmur3OfInt } from './murmur3.ts'
import { retainKey } from './retain-key.ts'

/** Keys as small numbers, whoever gave them. */
export interface NumberedKeys {
  /** How many keys there are: ids are below this. */
  readonly capacity: number
  /** The id of the key `null`, or -1. */
  readonly nullId: number
  /** What the slot order goes by, by id; longer than there are keys. Another one when there are more. */
  readonly spreadsById: Int32Array
  keyOf(id: number): unknown
}

/** Keys as small numbers, so that what belongs to them can stand in arrays: equal keys have the same id, ids count from 0. A key's hash is taken once.
 *  An id never comes to mean another key, so whatever holds ids may hold them for as long as it likes. To get rid of keys, begin another index.
 *  Keeps: one entry per key */
export class KeyIndex implements NumberedKeys {
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

  /** As `idOf`, of each of these keys. New ones get ids nearly in the order of their slots: going through keys in slot order then means going through
   *  what stands at their ids nearly from front to back, which is several times as fast as here and there. */
  idsOf(keys: readonly unknown[]): Int32Array {
    const found = new Int32Array(keys.length)
    const fresh: number[] = []
    for (let place = 0; place < keys.length; place++) {
      const id = this.ids.get(formOf(keys[place]))
      if (id === undefined) fresh.push(place)
      else found[place] = id
    }
    const spreads = Int32Array.from(fresh, (place) => spreadOf(keys[place]))
    for (const at of nearlySorted(spreads)) {
      const place = fresh[at] ?? 0
      const key = keys[place]
      const form = formOf(key)
      // The same new key may come twice.
      found[place] = this.ids.get(form) ?? this.add(form, key, spreads[at] ?? 0)
    }
    return found
  }

  /** What the slot order goes by, by id; longer than there are keys. Another one when there are more. */
  get spreadsById(): Int32Array {
    return this.spreads
  }

  private add(form: KeyForm, key: unknown, spread = spreadOf(key)): number {
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

function spreadOf(key: unknown): number {
  return murmur3OfInt(hashKey(key))
}

/** Places in the order of the slots in a table that has one for each. */
function nearlySorted(spreads: Int32Array): Int32Array {
  const mask = (1 << (32 - Math.clz32(spreads.length))) - 1
  const ends = new Int32Array(mask + 2)
  for (const spread of spreads) ends[(spread & mask) + 1] = (ends[(spread & mask) + 1] ?? 0) + 1
  for (let slot = 0; slot < mask; slot++) ends[slot + 1] = (ends[slot + 1] ?? 0) + (ends[slot] ?? 0)
  const places = new Int32Array(spreads.length)
  for (let place = 0; place < spreads.length; place++) {
    const slot = (spreads[place] ?? 0) & mask
    const to = ends[slot] ?? 0
    places[to] = place
    ends[slot] = to + 1
  }
  return places
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
