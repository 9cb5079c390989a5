import { rowRandom } from '#engine/generators/random.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { javaRandomLongs } from '#engine/rdd/random/java-random.ts'
import { bernoulliSampler, poissonSampler } from '#engine/rdd/random/sampler.ts'
import { XorShiftRandom } from '#engine/rdd/random/xor-shift-random.ts'
import { partitionwise } from './narrow.ts'

/** A random part of the records, about `fraction` of them; the same records whenever it is computed again. Without a
 *  seed of the user's it follows from the pipeline's seed, the batch time and the place in the body, so that every
 *  batch has its own.
 *  Source: RDD.sample, PartitionwiseSampledRDD */
export function sample(parent: RddCore, withReplacement: boolean, fraction: number, seed?: number): RddCore {
  const seeds = javaRandomLongs(seed === undefined ? ownSeed(parent) : BigInt(seed), parent.count)
  const sampler = withReplacement ? poissonSampler : bernoulliSampler
  return partitionwise(
    parent,
    'sample',
    function* (records, partition) {
      const times = sampler(fraction, new XorShiftRandom(seeds[partition] ?? 0n))
      for (const record of records) {
        for (let left = times(); left > 0; left--) yield record
      }
    },
    true,
  )
}

function ownSeed(parent: RddCore): bigint {
  const { seed, timeMs } = parent.context.settings
  const random = rowRandom(seed, `sample ${timeMs}`, parent.context.nextId())
  return BigInt(Math.floor(random() * 2 ** 32)) * 0x1_0000_0000n + BigInt(Math.floor(random() * 2 ** 32))
}
