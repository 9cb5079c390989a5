import { reverseBytes, XorShiftRandom } from './xor-shift-random.ts'

/** What a reservoir kept, and of how many records. */
export interface Reservoir {
  readonly kept: readonly unknown[]
  readonly seen: number
}

/** At most `size` of the items, each with the same probability.
 *  Source: SamplingUtils.reservoirSampleAndCount */
export function reservoirSample(items: Iterable<unknown>, size: number, seed: number): Reservoir {
  const kept: unknown[] = []
  const random = new XorShiftRandom(BigInt(seed))
  let seen = 0
  for (const item of items) {
    seen += 1
    if (kept.length < size) {
      kept.push(item)
      continue
    }
    const place = Math.floor(random.nextDouble() * seen)
    if (place < size) kept[place] = item
  }
  return { kept, seen }
}

/** Spreads neighbouring integers over all 32 bits. Source: scala.util.hashing.byteswap32 */
export function byteswap32(int: number): number {
  return Math.imul(reverseBytes(Math.imul(int, 0x9e3775cd)), 0x9e3775cd)
}
