import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'

/** A warning only, as in Spark: such a run starts. */
export const NO_CORE =
  'There is no core left to process data: receivers take all cores of the master, so batches only queue. Use local[n], n > number of receivers.'

const AFRESH = 'Run makes a new one.'

export function stoppedAlready(): Diagnostic {
  return problem('run/stopped', 'StreamingContext has already been stopped', { hint: AFRESH })
}

export function sparkStopped(): Diagnostic {
  return problem('run/spark-stopped', 'Cannot call methods on a stopped SparkContext', { hint: AFRESH })
}

/** `name` is that of the run that is active. */
export function otherIsActive(name: string): Diagnostic {
  const message = `Only one StreamingContext may be started in this process. Currently running StreamingContext was started for "${name}".`
  return problem('run/other-active', message, { hint: 'Stop the other run first.' })
}

/** Why this checkpoint cannot be gone on from; undefined when it can. */
export function refuseRecovery(plan: Plan, stored: StoredRun | undefined): Diagnostic | undefined {
  if (stored === undefined || !plan.inputs.some(({ stream }) => isQueue(plan, stream))) return undefined
  return problem('run/queue-recovery', "queueStream doesn't support checkpointing", {
    hint: 'Start afresh, or use a source that can be read again, such as simulatedTextStream.',
  })
}

/** Whether a stream takes from a queue, which no checkpoint saves. A constant stream never does. */
function isQueue(plan: Plan, stream: number): boolean {
  const spec = plan.streams[stream]?.spec
  return spec?.kind === 'source' && spec.feed.kind === 'queue' && spec.feed.batches.length > 0
}
