import { retainKey } from '#engine/record/retain-key.ts'

/** Keys that a table keeps for the next block, and bytes of their text: what is beyond goes with the block. */
const KEPT_KEYS = 32_768
const KEPT_BYTES = 1_048_576

/** Marks the size of a key that is the number which its text spells. */
const NUMBER = 0x40000000

const FIRST_SLOTS = 1024

/** The keys of blocks, found by the bytes of their text, and what their values have come to in the block at hand. The loops of
 *  compile/packed/print-packed.ts search it themselves; it only grows here.
 *  Keeps: between blocks at most KEPT_KEYS keys, so that what comes again and again is made into strings once */
export class KeyTable {
  /** Four integers a slot: hash, where the text begins in the pool, its size in bytes, and the id + 1; 0 for a free slot. */
  slots = new Int32Array(FIRST_SLOTS * 4)
  mask = FIRST_SLOTS * 4 - 1
  pool = new DataView(new ArrayBuffer(16_384))
  /** By id. */
  keys: unknown[] = []
  /** By id: the block in which the key was met last. */
  seen = new Int32Array(FIRST_SLOTS)
  /** By id: valid where it was seen in this block. */
  sums = new Float64Array(FIRST_SLOTS)
  /** Ids of this block's keys as they first came. */
  order = new Int32Array(FIRST_SLOTS)
  /** More than half of the slots are taken: it wants to grow. */
  isCrowded = false
  private used = 0
  private now = 0

  /** Begins a block of so many bytes; gives its number. */
  begin(bytes: number): number {
    if (this.keys.length > KEPT_KEYS || this.used > KEPT_BYTES) this.clear()
    if (this.isCrowded) this.grow()
    this.reserve(Math.min(bytes, KEPT_BYTES))
    this.now += 1
    return this.now
  }

  /** Puts a new key into the free slot `at`; gives its id. All fields stay what they are, so that loops need not look at them again.
   *  Fails: -1 where there is no room; there is for the next block */
  add(at: number, hash: number, size: number, text: DataView, from: number, to: number, key: string): number {
    const id = this.keys.length
    const bytes = to - from + 4
    if (this.used + bytes > this.pool.byteLength || id > (this.seen.length * 7) / 8) {
      this.reserve(bytes)
      this.grow()
      return -1
    }
    const { slots, pool } = this
    slots[at] = hash
    slots[at + 1] = this.used
    slots[at + 2] = size
    slots[at + 3] = id + 1
    for (let next = from; next < to; next += 4) {
      const word = text.getInt32(next, true)
      const rest = to - next
      pool.setInt32(this.used, rest < 4 ? word & ((1 << (rest << 3)) - 1) : word, true)
      this.used += 4
    }
    this.keys.push((size & NUMBER) === 0 ? retainKey(key) : Number(key))
    this.isCrowded = id > this.seen.length / 2
    return id
  }

  /** The pairs of a block with so many different keys. */
  pairs(count: number): unknown[] {
    const { keys, sums, order } = this
    // Grown by push: see record/columns.ts.
    const pairs: unknown[] = []
    for (let index = 0; index < count; index++) {
      const id = order[index] ?? 0
      pairs.push([keys[id], sums[id]])
    }
    return pairs
  }

  private clear(): void {
    const empty = new KeyTable()
    const { now } = this
    Object.assign(this, empty, { now })
  }

  private reserve(bytes: number): void {
    const { byteLength } = this.pool
    if (this.used + bytes <= byteLength) return
    const larger = new Uint8Array(Math.max(byteLength * 2, byteLength + bytes))
    larger.set(new Uint8Array(this.pool.buffer))
    this.pool = new DataView(larger.buffer)
  }

  /** Twice the slots; all fields are others afterwards. */
  grow(): void {
    this.isCrowded = false
    const { slots } = this
    const grown = new Int32Array(slots.length * 2)
    const mask = grown.length - 1
    for (let from = 0; from < slots.length; from += 4) {
      if (slots[from + 3] === 0) continue
      let to = ((slots[from] ?? 0) << 2) & mask
      while (grown[to + 3] !== 0) to = (to + 4) & mask
      for (let part = 0; part < 4; part++) grown[to + part] = slots[from + part] ?? 0
    }
    this.slots = grown
    this.mask = mask
    this.seen = copyTo(new Int32Array(grown.length / 4), this.seen)
    this.sums = copyTo(new Float64Array(grown.length / 4), this.sums)
    this.order = copyTo(new Int32Array(grown.length / 4), this.order)
  }
}

function copyTo<List extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(larger: List, list: List): List {
  larger.set(list)
  return larger
}
