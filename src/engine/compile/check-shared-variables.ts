import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { AccumulatorSetting, BroadcastSetting, Settings } from '#engine/model/pipeline.ts'
import { parseTagged } from '#engine/record/tagged-json.ts'
import { MAX_COLLECTED } from '#engine/runtime/amount.ts'

/** Accumulators that could not add anything up, and values that stand for no record.
 *  Fails: settings/accumulator-initial, settings/broadcast-value */
export function checkSharedVariables({ accumulators = [], broadcasts = [] }: Settings): Diagnostic[] {
  return [...accumulators.flatMap(checkAccumulator), ...broadcasts.flatMap(checkBroadcast)]
}

function checkAccumulator({ name, initial }: AccumulatorSetting, index: number): Diagnostic[] {
  const path = ['settings', 'accumulators', index, 'initial']
  const refuse = (why: string): Diagnostic[] => [
    problem('settings/accumulator-initial', `The accumulator ${name} cannot begin with this value: ${why}`, {
      path,
      hint: 'Use 0 to add up numbers, or [] to collect records.',
    }),
  ]
  if (typeof initial === 'number') return []
  if (!Array.isArray(initial)) return refuse('it is neither a number nor a list.')
  if (initial.length > MAX_COLLECTED) return refuse(`it holds more than ${MAX_COLLECTED} records.`)
  const read = parseTagged(JSON.stringify(initial))
  return read.ok ? [] : refuse(read.error)
}

function checkBroadcast({ name, value }: BroadcastSetting, index: number): Diagnostic[] {
  const read = parseTagged(JSON.stringify(value))
  if (read.ok) return []
  return [
    problem('settings/broadcast-value', `The value of the broadcast ${name} cannot be read: ${read.error}`, {
      path: ['settings', 'broadcasts', index, 'value'],
      hint: 'Write it as JSON; a key "$" tags what JSON does not know, such as {"$":"date","v":0}.',
    }),
  ]
}
