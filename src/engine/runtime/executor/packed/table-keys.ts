import { hashKey } from '#engine/record/hash.ts'
import type { NumberedKeys } from '#engine/record/key-index.ts'
import { murmur3OfInt } from '#engine/record/murmur3.ts'
import { retainKey } from '#engine/record/retain-key.ts'

/** Keys that a packed loop has met, all distinct, by the order in which they came: texts and whole numbers. Their hashes are taken once.
 *  Never changed but for keys to come, so that whatever holds ids may hold them for as long as it likes.
 *  Keeps: 8 bytes a key beside the key */
export class TableKeys implements NumberedKeys {
  readonly nullId = -1
  readonly list: unknown[] = []
  private hashes = new Int32Array(256)
  private spreads = new Int32Array(256)

  get capacity(): number {
    return this.list.length
  }

  /** Java's hash codes, by id; longer than there are keys. */
  get hashesById(): Int32Array {
    return this.hashes
  }

  get spreadsById(): Int32Array {
    return this.spreads
  }

  keyOf(id: number): unknown {
    return this.list[id]
  }

  add(key: string | number): void {
    const hash = hashKey(key)
    this.put(retainKey(key), hash, murmur3OfInt(hash))
  }

  /** Adds a key of others. */
  addOf(others: TableKeys, id: number): void {
    this.put(others.list[id], others.hashes[id] ?? 0, others.spreads[id] ?? 0)
  }

  private put(key: unknown, hash: number, spread: number): void {
    const id = this.list.length
    if (id === this.hashes.length) {
      this.hashes = twice(this.hashes)
      this.spreads = twice(this.spreads)
    }
    this.hashes[id] = hash
    this.spreads[id] = spread
    this.list.push(key)
  }
}

function twice(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2)
  larger.set(list)
  return larger
}
