import type { Goal } from './case.ts'
import type { CaseResult } from './kernel.ts'
import { isTooNoisy, randomOf, type Summary, summarize } from './paired.ts'

export interface Verdict {
  readonly goal: Goal
  readonly summary: Summary
  readonly isReached: boolean
  /** The ratio lies beyond the guard with a probability of 95 in 100, on a machine quiet enough to tell. */
  readonly isBroken: boolean
}

/** Judges a case's goals; the ratio of two variants is taken round by round. */
export function judge(goal: Goal, { measurements, noise }: CaseResult): Verdict {
  const ratiosOf = (name: string): readonly number[] => {
    const found = measurements.find((each) => each.name === name)
    if (found === undefined) throw new Error(`${goal.case} has no variant ${name}`)
    return found.ratios
  }
  const under = ratiosOf(goal.under)
  const ratios = ratiosOf(goal.over).map((ratio, round) => ratio / (under[round] ?? Number.NaN))
  const summary = summarize(ratios, randomOf(1))
  const isMost = goal.kind === 'most'
  return {
    goal,
    summary,
    isReached: isMost ? summary.median <= goal.target : summary.median >= goal.target,
    isBroken: !isTooNoisy(noise) && (isMost ? summary.low > goal.guard : summary.high < goal.guard),
  }
}
