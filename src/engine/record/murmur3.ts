/** Murmur3, 32 bits, seed 0, of the four bytes of an integer, lowest first.
 *  Source: Guava's `Hashing.murmur3_32().hashInt`, which Spark's hash tables apply to hash codes */
export function murmur3OfInt(int: number): number {
  let mixed = Math.imul(int, 0xcc9e2d51)
  mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
  mixed = (mixed << 13) | (mixed >>> 19)
  mixed = (Math.imul(mixed, 5) + 0xe6546b64) | 0
  mixed ^= 4 // the length in bytes
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
