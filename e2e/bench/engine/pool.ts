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
