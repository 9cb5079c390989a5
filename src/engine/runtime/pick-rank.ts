import { murmur3OfInt } from '#engine/record/murmur3.ts'

/** What the ranks of one partition's records begin with. */
export function pickSeed(timeMs: number, partition: number): number {
  return murmur3OfInt(murmur3OfInt(timeMs | 0) ^ partition)
}

/** Rank of a record by its index in the partition: as good as random, and the same every time. No two of a partition have the same.
 *  Units: 0 … 2³² − 1 */
export function pickRank(seed: number, index: number): number {
  return murmur3OfInt(seed ^ index) >>> 0
}
