import type { XorShiftRandom } from './xor-shift-random.ts'

/** How many times the next record is taken into the sample. */
export type Sampler = () => number

/** Up to this fraction Spark draws the gap to the next record taken instead of a number for every record. */
const MAX_GAP_FRACTION = 0.4
const SMALLEST_DRAW = 5e-11

/** Takes each record with probability `fraction`, at most once.
 *  Source: BernoulliSampler, GapSampling */
export function bernoulliSampler(fraction: number, random: XorShiftRandom): Sampler {
  if (fraction <= 0) return () => 0
  if (fraction >= 1) return () => 1
  if (fraction > MAX_GAP_FRACTION) return () => (random.nextDouble() <= fraction ? 1 : 0)
  return withGaps(random, Math.log1p(-fraction), () => 1)
}

/** Takes each record Poisson-many times, `fraction` times on average.
 *  Source: PoissonSampler, GapSamplingReplacement. Above the gap fraction Spark draws from another generator
 *          (commons-math); there the distribution is Spark's, the numbers are not. */
export function poissonSampler(fraction: number, random: XorShiftRandom): Sampler {
  if (fraction <= 0) return () => 0
  if (fraction > MAX_GAP_FRACTION) return () => poisson(fraction, random)
  const none = Math.exp(-fraction)
  return withGaps(random, -fraction, () => {
    // A Poisson number known to be at least 1.
    let product = none + (1 - none) * random.nextDouble()
    let times = 1
    product *= random.nextDouble()
    while (product > none) {
      times += 1
      product *= random.nextDouble()
    }
    return times
  })
}

function withGaps(random: XorShiftRandom, logOfMissing: number, times: () => number): Sampler {
  const nextGap = () => Math.trunc(Math.log(Math.max(random.nextDouble(), SMALLEST_DRAW)) / logOfMissing)
  let gap = nextGap()
  return () => {
    if (gap > 0) {
      gap -= 1
      return 0
    }
    const taken = times()
    gap = nextGap()
    return taken
  }
}

/** Knuth's product of uniform numbers; in steps, since e to the power of −mean would vanish for a large mean. */
function poisson(mean: number, random: XorShiftRandom): number {
  let total = 0
  for (let rest = mean; rest > 0; rest -= 16) {
    const limit = Math.exp(-Math.min(rest, 16))
    for (let product = random.nextDouble(); product > limit; product *= random.nextDouble()) total += 1
  }
  return total
}
