import type { CaseResult } from './kernel.ts'
import { quantile } from './paired.ts'

/** Rounds of the same case in several pages as one measurement; as noisy as the noisiest. */
export function pool(runs: readonly CaseResult[]): CaseResult {
  const [first] = runs
  if (first === undefined) throw new Error('there is a run')
  return {
    ...first,
    noise: Math.max(...runs.map(({ noise }) => noise)),
    rounds: runs.reduce((sum, { rounds }) => sum + rounds, 0),
    measurements: first.measurements.map(({ name }, index) => ({
      name,
      ratios: runs.flatMap(({ measurements }) => measurements[index]?.ratios ?? []),
      sliceMs: quantile(
        runs.map(({ measurements }) => measurements[index]?.sliceMs ?? Number.NaN),
        0.5,
      ),
    })),
  }
}

/** How much more time a variant takes over that of the base in some pages than in others, as a measurement of its own: both by rounds, in their order. */
export function overEachOther(name: string, ...[over, under]: readonly [CaseResult, CaseResult]): CaseResult {
  const ratiosOf = (result: CaseResult): readonly number[] =>
    result.measurements.find((each) => each.name === name)?.ratios ?? []
  const others = ratiosOf(under)
  return {
    ...over,
    noise: Math.max(over.noise, under.noise),
    measurements: [
      { name: `${name} alone`, ratios: others.map(() => 1), sliceMs: sliceOf(name, under) },
      {
        name: `${name} after others`,
        ratios: ratiosOf(over).map((ratio, round) => ratio / (others[round] ?? Number.NaN)),
        sliceMs: sliceOf(name, over),
      },
    ],
  }
}

function sliceOf(name: string, { measurements }: CaseResult): number {
  return measurements.find((each) => each.name === name)?.sliceMs ?? Number.NaN
}
