/** Seed of Scala's MurmurHash3 for arrays. */
const ARRAY_SEED = 0x3c074a61
const MASK = (1n << 64n) - 1n

/** Where Spark starts to deal out the records of a map partition: record j goes to (start + 1 + j) modulo the partitions.
 *  Source: RDD.coalesce(shuffle = true): `new XORShiftRandom(index).nextInt(numPartitions)`; dstream-semantics §10.3 */
export function roundRobinStart(index: number, partitions: number): number {
  let seed = hashSeed(index)
  const next31 = (): number => {
    let bits = seed ^ ((seed << 21n) & MASK)
    bits ^= bits >> 35n
    bits ^= (bits << 4n) & MASK
    seed = bits
    return Number(bits & 0x7fffffffn)
  }
  // java.util.Random.nextInt
  const least = partitions - 1
  if ((partitions & least) === 0) return Number((BigInt(partitions) * BigInt(next31())) >> 31n)
  for (;;) {
    const drawn = next31()
    const result = drawn % partitions
    if (drawn - result + least <= 0x7fffffff) return result
  }
}

/** Source: XORShiftRandom.hashSeed */
function hashSeed(seed: number): bigint {
  const low = bytesHash(seed, ARRAY_SEED)
  const high = bytesHash(seed, low)
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** MurmurHash3 of the eight big-endian bytes of a whole number below 2^31. */
function bytesHash(value: number, seed: number): number {
  const bytes = [0, 0, 0, 0, (value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  let hash = seed
  for (let at = 0; at < bytes.length; at += 4) {
    const word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
    let k = Math.imul(word, 0xcc9e2d51)
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
    hash ^= k
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
