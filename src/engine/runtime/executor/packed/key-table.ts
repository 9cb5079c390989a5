import { PackedPairs } from './packed-pairs.ts'
import { TableKeys } from './table-keys.ts'

/** Keys that a table may have between blocks, and bytes of their text. */
const MOST_KEYS = 131_072
const MOST_BYTES = 4_194_304
/** Blocks whose keys stay when there are more. */
const LATELY = 16

const FIRST_SLOTS = 1024

/** Bytes of text that stand in a slot. */
const SHORT = 12
/** The tag of a longer text; that of a short one is its size + 1. */
const LONG = 14
/** Marks the tag of a key that is the number which its text spells. */
const NUMBER = 16

/** The keys of blocks, found by the bytes of their text, and what their values have come to in the block at hand. The loops of
 *  compile/packed/print-packed.ts search it themselves for short keys; it only grows here.
 *  Keeps: between blocks at most MOST_KEYS keys, so that what comes again and again is made into strings once; when there are more, those that
 *  the last blocks had stay, if they are no more than half as many */
export class KeyTable {
  /** Four integers a slot: of a short key its bytes, of a long one its hash, its size and where its text begins in the pool; then the id + 1 above
   *  five bits of the tag, or 0 for a free slot. */
  slots = new Int32Array(FIRST_SLOTS * 4)
  mask = FIRST_SLOTS * 4 - 1
  /** By id. */
  keys = new TableKeys()
  /** By id: the block in which the key was met last. */
  seen = new Int32Array(FIRST_SLOTS)
  /** By id: valid where it was seen in this block. */
  sums = new Float64Array(FIRST_SLOTS)
  /** Ids of this block's keys as they first came. */
  order = new Int32Array(FIRST_SLOTS)
  /** So many of the slots are taken that it wants to grow. */
  isCrowded = false
  /** Texts of long keys. */
  private pool = new DataView(new ArrayBuffer(4096))
  private used = 0
  private now = 0
  private readonly mostKeys: number

  constructor(mostKeys = MOST_KEYS) {
    this.mostKeys = mostKeys
  }

  /** Begins a block; gives its number. */
  begin(): number {
    if (this.keys.capacity > this.mostKeys || this.used > MOST_BYTES) this.thin()
    if (this.isCrowded) this.grow()
    this.now += 1
    return this.now
  }

  /** The slot of a long key, or the free one that is for it. */
  findLong(tag: number, text: DataView, from: number, to: number): number {
    const { slots, mask, pool } = this
    const hash = hashOfLong(text, from, to)
    const size = to - from
    for (let at = (hash << 2) & mask; ; at = (at + 4) & mask) {
      const entry = slots[at + 3] ?? 0
      if (entry === 0) return at
      if (slots[at] !== hash || slots[at + 1] !== size || (entry & 31) !== tag) continue
      let start = slots[at + 2] ?? 0
      let next = from
      while (next + 4 <= to && pool.getInt32(start, true) === text.getInt32(next, true)) {
        start += 4
        next += 4
      }
      if (next + 4 <= to) continue
      if (next === to || pool.getInt32(start, true) === (text.getInt32(next, true) & bytesBelow(to - next))) return at
    }
  }

  /** Puts a new key into the free slot `at`; gives its id. The slots stay where they are, so that loops need not look for them again.
   *  Fails: -1 where there is no room; there is for the next block */
  add(at: number, tag: number, text: DataView, from: number, to: number, key: string): number {
    const id = this.keys.capacity
    if (id > (this.seen.length * 7) / 8) {
      this.grow()
      return -1
    }
    const { slots } = this
    const size = to - from
    if (size > SHORT) {
      slots[at] = hashOfLong(text, from, to)
      slots[at + 1] = size
      slots[at + 2] = this.write(text, from, to)
    } else for (let part = 0; part < 3; part++) slots[at + part] = wordAt(text, from + part * 4, to)
    slots[at + 3] = ((id + 1) << 5) | tag
    this.keys.add((tag & NUMBER) === 0 ? key : Number(key))
    this.isCrowded = id > (this.seen.length * 5) / 8
    return id
  }

  /** The pairs of a block with so many different keys. */
  pairs(count: number): PackedPairs {
    const { keys, sums, order } = this
    const ids = order.slice(0, count)
    const values = new Float64Array(count)
    for (let place = 0; place < count; place++) values[place] = sums[ids[place] ?? 0] ?? 0
    return new PackedPairs(keys, ids, values)
  }

  /** Twice the slots; all fields are others afterwards. */
  grow(): void {
    this.isCrowded = false
    const { slots } = this
    const grown = new Int32Array(slots.length * 2)
    for (let from = 0; from < slots.length; from += 4) {
      if (slots[from + 3] === 0) continue
      const to = freeSlot(grown, hashIn(slots, from))
      for (let part = 0; part < 4; part++) grown[to + part] = slots[from + part] ?? 0
    }
    this.slots = grown
    this.mask = grown.length - 1
    this.seen = copyTo(new Int32Array(grown.length / 4), this.seen)
    this.sums = copyTo(new Float64Array(grown.length / 4), this.sums)
    this.order = copyTo(new Int32Array(grown.length / 4), this.order)
  }

  private thin(): void {
    const { now } = this
    const thinned = this.since(now - LATELY) ?? this.since(now - 1) ?? new KeyTable(this.mostKeys)
    Object.assign(this, thinned, { now })
  }

  /** A table of the keys that were met after this block, with ids in the same order; undefined where these are too many. */
  private since(block: number): KeyTable | undefined {
    const { slots, seen, keys } = this
    let count = 0
    for (let id = 0; id < keys.capacity; id++) if ((seen[id] ?? 0) > block) count += 1
    if (2 * count > this.mostKeys) return undefined
    const slotsById = new Int32Array(keys.capacity)
    for (let at = 0; at < slots.length; at += 4) {
      const id = ((slots[at + 3] ?? 0) >>> 5) - 1
      if (id >= 0) slotsById[id] = at
    }
    const table = new KeyTable(this.mostKeys)
    while (count > table.seen.length / 2) table.grow()
    for (let id = 0; id < slotsById.length; id++) if ((seen[id] ?? 0) > block) table.take(this, id, slotsById[id] ?? 0)
    return 2 * table.used > MOST_BYTES ? undefined : table
  }

  /** Adds another table's key. */
  private take(from: KeyTable, id: number, at: number): void {
    const { slots } = from
    const tag = (slots[at + 3] ?? 0) & 31
    const to = freeSlot(this.slots, hashIn(slots, at))
    this.slots.set(slots.subarray(at, at + 3), to)
    if ((tag & 15) === LONG) {
      const start = slots[at + 2] ?? 0
      this.slots[to + 2] = this.write(from.pool, start, start + (slots[at + 1] ?? 0))
    }
    this.seen[this.keys.capacity] = from.seen[id] ?? 0
    this.keys.addOf(from.keys, id)
    this.slots[to + 3] = (this.keys.capacity << 5) | tag
  }

  /** Where in the pool the text is from now on. */
  private write(text: DataView, from: number, to: number): number {
    const start = this.used
    const { byteLength } = this.pool
    if (start + to - from + 4 > byteLength) {
      const larger = new Uint8Array(Math.max(byteLength * 2, byteLength + to - from + 4))
      larger.set(new Uint8Array(this.pool.buffer))
      this.pool = new DataView(larger.buffer)
    }
    for (let next = from; next < to; next += 4) {
      this.pool.setInt32(this.used, wordAt(text, next, to), true)
      this.used += 4
    }
    return start
  }
}

/** Four bytes of a text that ends at `to`, with zeros behind it. */
function wordAt(text: DataView, at: number, to: number): number {
  if (at >= to) return 0
  const word = text.getInt32(at, true)
  return to - at < 4 ? word & bytesBelow(to - at) : word
}

/** For one to three bytes. */
function bytesBelow(bytes: number): number {
  return (1 << (bytes << 3)) - 1
}

function hashOfLong(text: DataView, from: number, to: number): number {
  let hash = to - from
  for (let at = from; at < to; at += 4) hash = Math.imul(hash ^ wordAt(text, at, to), 0x9e3779b1) ^ (hash >>> 13)
  return hash ^ (hash >>> 15)
}

/** As compile/packed/print-look-up.ts prints it for short keys. */
function hashIn(slots: Int32Array, at: number): number {
  const first = slots[at] ?? 0
  const second = slots[at + 1] ?? 0
  const third = slots[at + 2] ?? 0
  const tag = (slots[at + 3] ?? 0) & 31
  if ((tag & 15) === LONG) return first
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third ^ tag, 0xc2b2ae35)
  return spread(hash)
}

function spread(hash: number): number {
  const mixed = hash ^ (hash >>> 15)
  return mixed ^ (mixed >>> 7)
}

function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1
  let at = (hash << 2) & mask
  while (slots[at + 3] !== 0) at = (at + 4) & mask
  return at
}

function copyTo<List extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(larger: List, list: List): List {
  larger.set(list)
  return larger
}
