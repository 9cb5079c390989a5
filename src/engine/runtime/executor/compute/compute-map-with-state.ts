import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
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
  for (const [key, value] of data) {
    State.engine.wrap(state, states.get(key))
    call(key, spec.fn.changes === true ? copyRecord(value) : value)
    if (State.engine.isRemoved(state)) states.remove(key)
    else if (State.engine.isUpdated(state) || (state.exists() && spec.timeoutMs !== undefined))
      states.put(key, state.get(), timeMs)
    else if (state.exists() && typeof state.get() === 'object') states.handOut(key)
  }
  if (checkpoint && spec.timeoutMs !== undefined) {
    for (const entry of states.getByTime(timeMs - spec.timeoutMs)) {
      State.engine.wrap(state, entry, true)
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
  const emits = (out: unknown): boolean => api === 'simple' || (out !== undefined && out !== null)
  return (key, value) => {
    const out = guarded(
      () => (api === 'simple' ? fn(key, value, state) : fn(timeMs, key, value, state)),
      ref,
      [key, value],
      plan,
    )
    if (emits(out)) mapped.push(out)
  }
}

function guarded(call: () => unknown, ref: FunctionRef, record: unknown, plan: Evaluation['tools']['plan']): unknown {
  try {
    return call()
  } catch (thrown) {
    throw plan.failure(thrown, ref, record)
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
