const MULTIPLIER = 0x5deece66dn

/** The first `count` results of `new java.util.Random(seed).nextLong()`.
 *  Source: java.util.Random */
export function javaRandomLongs(seed: bigint, count: number): bigint[] {
  let state = BigInt.asUintN(48, seed ^ MULTIPLIER)
  const next32 = () => {
    state = BigInt.asUintN(48, state * MULTIPLIER + 0xbn)
    return BigInt.asIntN(32, state >> 16n)
  }
  return Array.from({ length: count }, () => {
    const high = next32()
    return BigInt.asIntN(64, (high << 32n) + next32())
  })
}
