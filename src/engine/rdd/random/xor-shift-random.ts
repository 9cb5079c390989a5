/** Spark's random numbers: java.util.Random's methods over a xorshift generator of 64 bits with a scrambled seed.
 *  The same seed gives the same numbers as in Spark 3.0 and later, bit for bit.
 *  Source: org.apache.spark.util.random.XORShiftRandom, java.util.Random */
export class XorShiftRandom {
  #high: number
  #low: number

  /** @param seed taken as a signed 64-bit integer */
  constructor(seed: bigint) {
    const bits = BigInt.asUintN(64, seed)
    const words = [reverseBytes(Number(bits >> 32n)), reverseBytes(Number(bits & 0xffff_ffffn))]
    this.#low = murmur3OfWords(words, ARRAY_SEED)
    this.#high = murmur3OfWords(words, this.#low)
  }

  /** A whole number in [0, bound). */
  nextInt(bound: number): number {
    const bits = this.#next(31)
    if ((bound & (bound - 1)) === 0) return Math.floor((bound * bits) / 0x8000_0000)
    let drawn = bits
    let rest = drawn % bound
    // Draws from the incomplete last stretch of [0, 2³¹) would favour small results.
    while (drawn - rest + (bound - 1) > 0x7fff_ffff) {
      drawn = this.#next(31)
      rest = drawn % bound
    }
    return rest
  }

  /** In [0, 1), 53 bits. */
  nextDouble(): number {
    const first = this.#next(26)
    return (first * 0x800_0000 + this.#next(27)) / 0x20_0000_0000_0000
  }

  /** The lowest `bits` (below 32) bits of the next state. */
  #next(bits: number): number {
    let high = this.#high
    let low = this.#low
    const highShifted = (high << 21) | (low >>> 11)
    low ^= low << 21
    high ^= highShifted
    low ^= high >>> 3 // the state shifted right by 35
    const highAgain = (high << 4) | (low >>> 28)
    low ^= low << 4
    high ^= highAgain
    this.#high = high
    this.#low = low
    return low & (2 ** bits - 1)
  }
}

/** Scala's seed for hashes of byte arrays, MurmurHash3.arraySeed. */
const ARRAY_SEED = 0x3c074a61

/** Scala's MurmurHash3.bytesHash of the bytes of these words, lowest byte first. */
function murmur3OfWords(words: readonly number[], seed: number): number {
  let hash = seed
  for (const word of words) {
    let mixed = Math.imul(word, 0xcc9e2d51)
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    hash ^= mixed
    hash = (hash << 13) | (hash >>> 19)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  hash ^= words.length * 4
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Source: java.lang.Integer.reverseBytes */
export function reverseBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
}
