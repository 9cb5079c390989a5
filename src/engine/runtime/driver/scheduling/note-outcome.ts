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

/** It is part of the job, and so of the time that the output operation took. */
export function lengthen(outcome: BatchOutcome, output: number, byMs: number): BatchOutcome {
  const jobs = outcome.jobs.map((job) => (job.output === output ? { ...job, endMs: job.endMs + byMs } : job))
  return { ...outcome, jobs }
}
