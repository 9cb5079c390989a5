import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { StateUpdate } from '#engine/operator/stream-spec.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { retainKey } from '#engine/record/retain-key.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { pairsFrom } from './compute-cogrouped.ts'
import { isPair, stageKernel } from './kernel.ts'

/** What one key brings into a batch: its state so far and the batch's values. */
interface Entry {
  state: unknown
  readonly values: unknown[]
}

/** The state of one partition after a batch: the function sees every key of state or data.
 *  The batch's state is a new array; the one before is never changed, so a batch that fails leaves it whole.
 *  Source: StateDStream.compute, computeUsingPreviousRDD; dstream-semantics §6.1 */
export function computeState(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  const { spec } = rdd.stream
  const { body } = rdd.spec
  invariant(spec.kind === 'state' && body.kind === 'state', 'kinds agree')
  const entries = new Keyed<Entry>()
  const previous =
    body.previous === undefined
      ? body.useInitial
        ? initialOf(spec.initial, partition, rdd)
        : []
      : evaluation.partition(parentAt(rdd, 0), partition)
  for (const pair of previous) {
    invariant(isPair(pair), 'a state is a pair')
    // Where the iterator form gave one key twice, the first entry counts.
    entries.at(pair[0], () => ({ state: pair[1], values: [] }))
  }
  if (body.parent !== undefined) {
    const place = body.previous === undefined ? 0 : 1
    for (const pair of pairsFrom(rdd, parentAt(rdd, place), place, partition, evaluation)) {
      entries.at(retainKey(pair[0]), () => ({ state: undefined, values: [] })).value.values.push(pair[1])
    }
  }
  const rows = inSlotOrder(Array.from(entries.cells.values()), (cell) => cell.key)
  return update(spec.update, rows, rdd, evaluation)
}

function update(
  { variant, fn: ref }: StateUpdate,
  rows: readonly { readonly key: unknown; readonly value: Entry }[],
  rdd: Rdd,
  { tools: { plan } }: Evaluation,
): Records {
  const fn = plan.fn(ref)
  if (variant === 'iterator') {
    const given = rows.map(({ key, value }) => [key, value.values, value.state] as const)
    try {
      return [...stageKernel.items(fn(given))].map(checkedPair)
    } catch (thrown) {
      throw plan.failure(thrown, ref, undefined)
    }
  }
  const pairs: (readonly [unknown, unknown])[] = []
  for (const { key, value } of rows) {
    const next = callUpdate(
      fn,
      ref,
      variant === 'values' ? [value.values, value.state] : [rdd.spec.timeMs, key, value.values, value.state],
      key,
      plan,
    )
    if (next !== undefined && next !== null) pairs.push([key, next])
  }
  return pairs
}

function callUpdate(
  fn: (...args: unknown[]) => unknown,
  ref: FunctionRef,
  args: readonly unknown[],
  key: unknown,
  plan: Evaluation['tools']['plan'],
): unknown {
  try {
    return fn(...args)
  } catch (thrown) {
    throw plan.failure(thrown, ref, [key, args.at(-2)])
  }
}

function checkedPair(pair: unknown): unknown {
  if (!isPair(pair)) stageKernel.notAPair(pair)
  return pair
}

function initialOf(initial: readonly (readonly unknown[])[], partition: number, rdd: Rdd): Records {
  const pairs = decodeTagged(initial)
  invariant(Array.isArray(pairs), 'initial pairs are an array')
  return pairs.filter((pair) => isPair(pair) && partitionOf(pair[0], rdd.owners.length) === partition)
}
