import { invariant } from '#engine/model/invariant.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { State } from '#engine/runtime/executor/state/state.ts'
import { StateMap } from '#engine/runtime/executor/state/state-map.ts'
import type { StateRecord } from '#engine/runtime/executor/state/state-record.ts'
import { pairsFrom } from './compute-cogrouped.ts'
import { isPair } from './kernel.ts'

/** One batch of mapWithState in one partition: the function is called for each record in order; where the RDD is checkpointed, then for
 *  each key that has not been touched for the timeout.
 *  Source: MapWithStateRDDRecord.updateRecordWithData; dstream-semantics §6.2 */
export function computeMapWithState(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  const { spec } = rdd.stream
  const { body, timeMs, checkpoint } = rdd.spec
  invariant(spec.kind === 'mapWithState' && body.kind === 'mapWithState', 'kinds agree')
  const states =
    body.previous === undefined
      ? initialStates(spec.initial, rdd, partition)
      : recordOf(evaluation.partition(parentAt(rdd, 0), partition)).states.copy()
  const state = new State()
  const mapped: unknown[] = []
  const call = caller(spec, timeMs, state, mapped, evaluation)
  const place = body.previous === undefined ? 0 : 1
  const data = body.parent === undefined ? [] : pairsFrom(rdd, parentAt(rdd, place), place, partition, evaluation)
  const copies = spec.fn.changes === true
  for (const [key, value] of data) {
    const slot = states.slotOf(key)
    State.engine.wrap(state, slot >= 0, slot < 0 ? undefined : states.stateAt(slot))
    call(key, copies ? copyRecord(value) : value)
    if (State.engine.isRemoved(state)) states.remove(key)
    else if (State.engine.isUpdated(state) || (state.exists() && spec.timeoutMs !== undefined))
      states.put(key, state.get(), timeMs)
    else if (state.exists() && typeof state.get() === 'object') states.handOut(key)
  }
  if (checkpoint && spec.timeoutMs !== undefined) {
    for (const entry of states.getByTime(timeMs - spec.timeoutMs)) {
      State.engine.wrap(state, true, entry.state, true)
      call(entry.key, undefined)
      states.remove(entry.key)
    }
  }
  return [{ states, mapped } satisfies StateRecord]
}

type Spec = Extract<Rdd['stream']['spec'], { kind: 'mapWithState' }>

function caller(
  { fn: ref, api }: Spec,
  timeMs: number,
  state: State,
  mapped: unknown[],
  { tools: { plan } }: Evaluation,
): (key: unknown, value: unknown) => void {
  const fn = plan.fn(ref)
  const isSimple = api === 'simple'
  return (key, value) => {
    let out: unknown
    try {
      out = isSimple ? fn(key, value, state) : fn(timeMs, key, value, state)
    } catch (thrown) {
      throw plan.failure(thrown, ref, [key, value])
    }
    if (isSimple || (out !== undefined && out !== null)) mapped.push(out)
  }
}

/** Initial states carry the time of the first batch. */
function initialStates(initial: Spec['initial'], rdd: Rdd, partition: number): StateMap {
  const pairs = decodeTagged(initial)
  invariant(Array.isArray(pairs), 'initial pairs are an array')
  const states = new StateMap()
  for (const pair of pairs) {
    if (isPair(pair) && partitionOf(pair[0], rdd.owners.length) === partition)
      states.put(pair[0], pair[1], rdd.spec.timeMs)
  }
  return states
}

function recordOf(records: Records): StateRecord {
  const [record] = records
  invariant(record !== undefined, 'a partition has one state record')
  return record as StateRecord // only this file and the checkpoint make records of this stream
}
