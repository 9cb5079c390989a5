import type { Plan } from '#engine/compile/plan.ts'
import type { BatchOutcome } from '#engine/runtime/driver/scheduling/merge-replies.ts'
import { noteFailed } from '#engine/runtime/driver/scheduling/note-outcome.ts'
import { sinkMessages } from './sink-messages.ts'
import type { SinkSet } from './sink-set.ts'
import type { UnsentRecords } from './unsent-records.ts'

/** Sends what the outputs of a batch want sent, one after the other. An output whose messages have not left in time has failed, the others have not; a
 *  batch that runs again sends again.
 *  Source: foreachRDD with rdd.foreachPartition; dstream-semantics §11.9 */
export async function sendOutputs(
  outcome: BatchOutcome,
  {
    plan,
    sinks,
    mayRepeat,
  }: {
    readonly plan: Plan
    readonly sinks: SinkSet
    /** Whether the batch may have been sent before, by a driver that died. */
    readonly mayRepeat: boolean
  },
): Promise<BatchOutcome> {
  let current = outcome
  for (const records of outcome.unsent) {
    const sent = await send(records, sinks, { timeMs: outcome.data.timeMs, mayRepeat })
    current =
      typeof sent === 'number'
        ? noteSent(current, records, sent)
        : noteFailed(current, plan, records.output, sent.message)
  }
  return current
}

/** How many messages were sent, or why they were not. */
async function send(
  { output, action, partitions }: UnsentRecords,
  sinks: SinkSet,
  batch: { readonly timeMs: number; readonly mayRepeat: boolean },
): Promise<number | { readonly message: string }> {
  const explain = (reason: string) => ({ message: `The batch could not be sent to ${action.url}: ${reason}` })
  const sink = sinks.find(output)
  if (sink === undefined) return explain('nothing can be sent from here.')
  if (partitions === undefined) return explain('an executor did not send every partition once.')
  const messages = sinkMessages(partitions, action, batch)
  const again = (): readonly string[] => sinkMessages(partitions, action, { ...batch, mayRepeat: true })
  const sent = await sink.send(messages, again, action.timeoutMs)
  return sent.ok ? messages.length : explain(`${sent.error} It had ${action.timeoutMs} ms for that.`)
}

function noteSent(outcome: BatchOutcome, { output, action }: UnsentRecords, messages: number): BatchOutcome {
  const sent = { address: action.url, messages }
  const outputs = outcome.data.outputs.map((each) => (each.id === output ? { ...each, sent } : each))
  return { ...outcome, data: { ...outcome.data, outputs } }
}
