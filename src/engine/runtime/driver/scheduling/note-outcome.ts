import type { Plan } from '#engine/compile/plan.ts'
import type { BatchOutcome } from './merge-replies.ts'

// What the driver's own part of an output operation (saving, sending) adds to its outcome.

/** The output has failed after all. */
export function noteFailed(outcome: BatchOutcome, plan: Plan, output: number, message: string): BatchOutcome {
  const { data } = outcome
  const failure = { node: plan.outputs[output]?.node ?? '', message }
  return {
    ...outcome,
    jobs: outcome.jobs.map((job) => (job.output === output ? { ...job, failure } : job)),
    data: { ...data, failures: [...data.failures, { timeMs: data.timeMs, ...failure }] },
  }
}
