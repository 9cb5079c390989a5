import { nodeOf } from '#engine/checkpoint/damage.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'

/** A warning only, as in Spark: such a run starts. */
export const NO_CORE =
  'spark.master should be set as local[n], n > 1 in local mode if you have receivers to get data, otherwise Spark jobs will not get resources to process the received data. There is no core left to process data: receivers take all cores of the master, so batches only queue. Use local[n], n > number of receivers.'

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
  if (stored === undefined) return undefined
  if (plan.inputs.some(({ stream }) => isQueue(plan, stream))) {
    return problem('run/queue-recovery', "queueStream doesn't support checkpointing", {
      hint: 'Start afresh, or use a source that can be read again, such as simulatedTextStream.',
    })
  }
  const far = plan.streams.find((_, stream) => batchesToMake(plan, stored, stream) > MOST_REMADE)
  if (far !== undefined) {
    const message = `The state of "${far.node}" would have to be made again over more than ${MOST_REMADE} batches: the checkpoint holds none that is newer.`
    return problem('run/state-too-old', message, { node: far.node, hint: 'Start afresh.' })
  }
  const lost = stored.states.lost.find(({ fromMs }) => needsForgotten(plan, stored, fromMs))
  if (lost === undefined) return undefined
  const node = nodeOf(lost.stream)
  const message = `The checkpoint is damaged: the state of "${node}" cannot be read, and what its receivers heard since the last one that can is no longer there.`
  return problem('run/state-lost', message, {
    node,
    hint: 'Start afresh. What is left of the checkpoint is set aside.',
  })
}

/** Batches of which a state can be made again at once: a driver that had more to describe would seem dead. */
const MOST_REMADE = 100_000

/** Batches between the newest state of a stream that goes on from itself and the newest batch. */
function batchesToMake(plan: Plan, { metadata, states }: StoredRun, stream: number): number {
  const { spec, node, slideMs } = plan.streams[stream] ?? {}
  if (spec?.kind !== 'state' && spec?.kind !== 'mapWithState' && spec?.kind !== 'reducedWindow') return 0
  if (slideMs === undefined) return 0
  const key = streamKeys(plan)[stream]
  const { zeroMs, checkpointMs, born = [], gaps = [] } = metadata
  const known = states.states.flatMap((state) => (state.stream === key ? [state.timeMs] : []))
  const bornMs = born.flatMap(([each, timeMs]) => (each === node ? [timeMs] : []))
  const fromMs = [...known, ...bornMs].reduce((newest, timeMs) => Math.max(newest, timeMs), zeroMs)
  const left = gaps.reduce((sum, [first, last]) => sum + Math.max(0, last - Math.max(first, fromMs)), 0)
  return (checkpointMs - fromMs - left) / slideMs
}

/** Whether a state that is made again from `fromMs` on needs batches whose received blocks are forgotten. Other sources can be read again. */
function needsForgotten(plan: Plan, { metadata, allocations }: StoredRun, fromMs = metadata.zeroMs): boolean {
  if (!plan.inputs.some(({ stream }) => isReceiver(plan, stream))) return false
  const oldestMs = allocations.reduce((oldest, [timeMs]) => Math.min(oldest, timeMs), metadata.checkpointMs)
  return fromMs + plan.batchMs < oldestMs
}

function isReceiver(plan: Plan, stream: number): boolean {
  const spec = plan.streams[stream]?.spec
  return spec?.kind === 'source' && spec.feed.kind === 'receiver'
}

/** Whether a stream takes from a queue, which no checkpoint saves. A constant stream never does. */
function isQueue(plan: Plan, stream: number): boolean {
  const spec = plan.streams[stream]?.spec
  return spec?.kind === 'source' && spec.feed.kind === 'queue' && spec.feed.batches.length > 0
}
