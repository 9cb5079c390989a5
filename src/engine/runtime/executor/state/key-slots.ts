import { hashKey } from '#engine/record/hash.ts'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { murmur3OfInt } from '#engine/record/murmur3.ts'

const FIRST_BITS = 4

/** Where keys stand in a list of them. Nothing is ever taken out: a key comes to stand elsewhere, or the list is made anew.
 *  Keeps: 5 to 11 bytes for each place of the list, where a Map would keep 30 to 60; of keys that are neither texts nor small whole numbers a Map's entry */
export class KeySlots {
  private readonly listed: { readonly keys: readonly unknown[] }
  private bits: number
  /** By hash: the place + 1 in the lower bits, of the hash what does not go into the index in the upper ones; 0: nothing. */
  private entries: Int32Array
  private readonly others = new Map<KeyForm, number>()

  /** `expected`: how many keys there will be soon. */
  constructor(listed: { readonly keys: readonly unknown[] }, expected = 0) {
    this.listed = listed
    this.bits = FIRST_BITS
    while (isCrowded(expected, this.bits)) this.bits += 1
    this.entries = new Int32Array(1 << this.bits)
  }

  /** Where the key stands, or stood last; -1: nowhere.
   *  Fails: RecordError for a key that is no record */
  find(key: unknown): number {
    if (!isPlain(key)) return this.others.get(keyForm(key)) ?? -1
    const entry = this.entries[this.indexOf(key)] ?? 0
    return (entry & ((1 << this.bits) - 1)) - 1
  }

  /** Has a key of the list found in this place, at the list's end unless it was there. */
  set(key: unknown, slot: number): void {
    if (!isPlain(key)) {
      this.others.set(keyForm(key), slot)
      return
    }
    while (isCrowded(slot + 1, this.bits)) this.grow()
    const { bits } = this
    this.entries[this.indexOf(key)] = (spreadOf(key) << bits) | (slot + 1)
  }

  /** The index of a key's entry, or of the free one where it belongs. */
  private indexOf(key: string | number): number {
    const { entries, bits } = this
    const { keys } = this.listed
    const mask = (1 << bits) - 1
    const spread = spreadOf(key)
    const tag = (spread << bits) >>> bits
    let index = spread >>> (32 - bits)
    for (;;) {
      const entry = entries[index] ?? 0
      if (entry === 0 || (entry >>> bits === tag && keys[(entry & mask) - 1] === key)) return index
      index = (index + 1) & mask
    }
  }

  private grow(): void {
    const { entries, bits } = this
    const { keys } = this.listed
    const before = (1 << bits) - 1
    const after = 2 * before + 1
    const grown = new Int32Array(after + 1)
    for (const entry of entries) {
      if (entry === 0) continue
      const place = entry & before
      const spread = spreadOf(keys[place - 1] as string | number) // only plain keys have entries
      let index = spread >>> (31 - bits)
      while (grown[index] !== 0) index = (index + 1) & after
      grown[index] = (spread << (bits + 1)) | place
    }
    this.entries = grown
    this.bits = bits + 1
  }
}

/** Three quarters are taken at most. */
function isCrowded(keys: number, bits: number): boolean {
  return keys > 3 << (bits - 2)
}

function isPlain(key: unknown): key is string | number {
  return typeof key === 'string' || (typeof key === 'number' && (key | 0) === key)
}

function spreadOf(key: string | number): number {
  return murmur3OfInt(hashKey(key))
}
