import type { Plan } from '#engine/compile/plan.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import type { BatchOutcome } from './merge-replies.ts'

/** The run was stopped under the job. */
export const stoppedLoss: Loss = { kind: 'gone', reason: 'The context was stopped.' }

/** What came of a job on its executors. */
export interface Executed {
  readonly outcome: BatchOutcome
  /** It hung in this node, and what else needs that node in its batch would hang there too. */
  readonly hung?: Loss & { readonly node: string }
}

/** A job failed for the loss of its executors. */
export function failed(plan: Plan, timeMs: number, output: number, loss: Loss): BatchOutcome {
  const node = loss.node ?? plan.outputs[output]?.node ?? ''
  const where = loss.node === undefined ? '' : ` It was in "${loss.node}".`
  const failure = { node, message: `${loss.reason}${where}` }
  return {
    jobs: [{ output, failure }],
    files: [],
    unsent: [],
    data: { timeMs, nodes: {}, outputs: [], failures: [{ timeMs, ...failure }] },
  }
}
