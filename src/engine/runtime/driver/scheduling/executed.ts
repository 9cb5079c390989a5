import type { Plan } from '#engine/compile/plan.ts'
import type { Rework } from '#engine/model/incident.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { JobSet } from './job-set.ts'
import type { BatchOutcome } from './merge-replies.ts'

/** The run was stopped under the batch. */
export const stoppedLoss: Loss = { kind: 'gone', reason: 'The context was stopped.' }

/** What came of a batch on its executors. */
export interface Executed {
  readonly outcome: BatchOutcome
  /** What the executors were told for it. */
  readonly rdds: readonly RddHandle[]
  /** What they made again, where they were new. */
  readonly rework?: Rework
}

/** All jobs of a batch failed for the loss of its executors. */
export function failed(plan: Plan, set: JobSet, loss: Loss): Executed {
  const [first] = set.jobs
  const node = loss.node ?? (first === undefined ? '' : (plan.outputs[first.output]?.node ?? ''))
  const where = loss.node === undefined ? '' : ` It was in "${loss.node}".`
  const failure = { node, message: `${loss.reason}${where}` }
  const outcome = {
    jobs: set.jobs.map(({ output }) => ({ output, startMs: 0, endMs: 0, failure })),
    files: [],
    unsent: [],
    data: { timeMs: set.timeMs, nodes: {}, outputs: [], failures: [{ timeMs: set.timeMs, ...failure }] },
    snapshots: new Map(),
  }
  return { outcome, rdds: [] }
}
