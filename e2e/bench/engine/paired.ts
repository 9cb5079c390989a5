// Compares variants of one task on a machine that others use too. Variants run in short slices, all of them once a round in random order,
// and only ratios within a round count: what disturbs a round disturbs all of it.

/** One way to do a task. */
export interface Variant<Result> {
  readonly name: string
  /** Not timed: what the next run needs. */
  prepare?(): void | Promise<void>
  run(): Result | Promise<Result>
}

export interface Measurement {
  readonly name: string
  /** Time of this variant over that of the base, by round. */
  readonly ratios: readonly number[]
  /** Median ms of a slice. */
  readonly sliceMs: number
}

export interface Summary {
  readonly median: number
  readonly p10: number
  readonly p90: number
  /** The median lies between these with a probability of nine in ten (bootstrap). */
  readonly low: number
  readonly high: number
}

export interface Platform {
  now(): number
  /** Resolves after a turn of the event loop. */
  turn(): Promise<void>
  random(): number
}

/** Beyond this the same variant differs so much from itself that the machine is too noisy to tell anything. */
const NOISE = 0.03
const WARM_UPS = 8
const ATTEMPTS = 3

/** Runs the variants, the first of which is the base; the base runs a second time in each round as `A/A`, which shows the noise.
 *  Repeats with twice the rounds while the noise is too high, three times at most.
 *  Fails: rejects when two variants give different results, before anything is timed. */
export async function compare<Result>(
  variants: readonly [Variant<Result>, ...Variant<Result>[]],
  rounds: number,
  platform: Platform,
): Promise<{ readonly measurements: readonly Measurement[]; readonly noise: number; readonly rounds: number }> {
  await checkSame(variants)
  const all = [...variants, { ...bound(variants[0]), name: 'A/A' }]
  for (let run = 0; run < WARM_UPS; run++) for (const variant of all) await slice(variant, platform)
  for (let attempt = 1, count = rounds; ; attempt++, count *= 2) {
    const times = await runRounds(all, count, platform)
    const measurements = all.map(({ name }, index) => ({
      name,
      ratios: times.map((round) => at(round, index) / at(round, 0)),
      sliceMs: quantile(
        times.map((round) => at(round, index)),
        0.5,
      ),
    }))
    const noise = Math.abs(Math.log(quantile(measurements.at(-1)?.ratios ?? [], 0.5)))
    if (noise <= NOISE || attempt === ATTEMPTS) return { measurements, noise, rounds: count }
  }
}

export const isTooNoisy = (noise: number): boolean => noise > NOISE

/** `random` draws the bootstrap's samples. */
export function summarize(ratios: readonly number[], random: () => number): Summary {
  const medians = Array.from({ length: 400 }, () =>
    quantile(
      ratios.map(() => at(ratios, Math.floor(random() * ratios.length))),
      0.5,
    ),
  )
  return {
    median: quantile(ratios, 0.5),
    p10: quantile(ratios, 0.1),
    p90: quantile(ratios, 0.9),
    low: quantile(medians, 0.05),
    high: quantile(medians, 0.95),
  }
}

/** The value that a share of the values lies below; between two values, the nearer one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return at(sorted, Math.round((sorted.length - 1) * share))
}

/** A small generator of numbers in [0, 1): mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

async function checkSame<Result>(variants: readonly [Variant<Result>, ...Variant<Result>[]]): Promise<void> {
  const results: string[] = []
  for (const variant of variants) {
    await variant.prepare?.()
    results.push(JSON.stringify(await variant.run()))
  }
  for (const [index, result] of results.entries()) {
    if (result !== results[0])
      throw new Error(
        `${variants[index]?.name} gives ${result.slice(0, 200)}, ${variants[0].name} gives ${results[0]?.slice(0, 200)}`,
      )
  }
}

async function runRounds<Result>(
  variants: readonly Variant<Result>[],
  rounds: number,
  platform: Platform,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = []
  for (let round = 0; round < rounds; round++) {
    const took: number[] = variants.map(() => 0)
    for (const index of shuffled(variants.length, platform.random)) {
      const variant = variants[index]
      if (variant !== undefined) took[index] = await slice(variant, platform)
    }
    times.push(took)
  }
  return times
}

async function slice<Result>(variant: Variant<Result>, { now, turn }: Platform): Promise<number> {
  await variant.prepare?.()
  await turn()
  const start = now()
  await variant.run()
  return now() - start
}

function shuffled(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, index) => index)
  for (let left = length - 1; left > 0; left--) {
    const other = Math.floor(random() * (left + 1))
    const [a, b] = [at(order, left), at(order, other)]
    order[left] = b
    order[other] = a
  }
  return order
}

function bound<Result>(variant: Variant<Result>): Variant<Result> {
  return { name: variant.name, prepare: () => variant.prepare?.(), run: () => variant.run() }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no item ${index} of ${items.length}`)
  return item
}
