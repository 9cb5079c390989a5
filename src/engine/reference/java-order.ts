// Java's hash codes and the order of Spark's hash table, written down once more from their definitions, so that a mistake in
// engine/record shows. Source: dstream-semantics §10.4

/** Java's hashCode of what random graphs use as keys: null, booleans, texts, numbers, and arrays of them as java.util.List. */
export function javaHash(key: unknown): number {
  if (key === null) return 0
  if (typeof key === 'string')
    return [...Array(key.length).keys()].reduce((hash, i) => hash31(hash, key.charCodeAt(i)), 0)
  if (typeof key === 'number') return hashOfNumber(key)
  if (typeof key === 'boolean') return key ? 1231 : 1237
  if (Array.isArray(key)) return key.reduce((hash: number, element) => hash31(hash, javaHash(element)), 1)
  throw new Error(`the reference cannot hash ${typeof key}`)
}

function hash31(hash: number, next: number): number {
  return (Math.imul(hash, 31) + next) | 0
}

function hashOfNumber(key: number): number {
  if (key === (key | 0)) return key
  if (!Number.isInteger(key)) throw new Error('the reference hashes whole numbers only')
  const bits = BigInt.asUintN(64, BigInt(key))
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)))
}

/** Source: HashPartitioner */
export function hashPartition(key: unknown, partitions: number): number {
  const rest = javaHash(key) % partitions
  return rest < 0 ? rest + partitions : rest
}

/** Entries in the order of an open-addressing table into which they were inserted one after another.
 *  Source: AppendOnlyMap: 64 slots, doubled above a load of 0.7, probing +1, +2, +3 …; null comes first */
export function inTableOrder<T>(entries: readonly T[], keyOf: (entry: T) => unknown): readonly T[] {
  let table: (T | undefined)[] = Array(64).fill(undefined)
  let forNull: T | undefined
  entries.forEach((entry, index) => {
    if (keyOf(entry) === null) forNull = entry
    else place(table, entry, keyOf)
    if (index + 1 > Math.floor(0.7 * table.length)) {
      const larger: (T | undefined)[] = Array(table.length * 2).fill(undefined)
      for (const old of table) if (old !== undefined) place(larger, old, keyOf)
      table = larger
    }
  })
  return [forNull, ...table].filter((entry) => entry !== undefined)
}

function place<T>(table: (T | undefined)[], entry: T, keyOf: (entry: T) => unknown): void {
  let slot = murmurOfInt(javaHash(keyOf(entry))) & (table.length - 1)
  for (let step = 1; table[slot] !== undefined; step++) slot = (slot + step) & (table.length - 1)
  table[slot] = entry
}

/** MurmurHash3 x86 32 bit, seed 0, of one 4-byte word. */
function murmurOfInt(word: number): number {
  const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits))
  let hash = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0
  hash ^= 4
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
