import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { StateUpdate } from '#engine/operator/stream-spec.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { retainKey } from '#engine/record/retain-key.ts'
import { sameRecord } from '#engine/record/same-record.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import { pairsFrom } from './compute-cogrouped.ts'
import { isPair, stageKernel } from './kernel.ts'

/** What one key brings into a batch: its state so far and the batch's values. */
interface Entry {
  readonly state: unknown
  readonly values: unknown[]
  /** Where the key stands in the state before; -1: nowhere. */
  readonly place: number
}

/** The state of one partition after a batch: the function sees every key of state or data.
 *  The batch's state is a new array; the one before is never changed, so a batch that fails leaves it whole. The function is given copies, as
 *  from Spark's serialized storage: it may change what it gets. A key whose state stays the same keeps its pair.
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
  previous.forEach((pair, place) => {
    invariant(isPair(pair), 'a state is a pair')
    // Where the iterator form gave one key twice, the first entry counts.
    entries.at(pair[0], () => ({ state: pair[1], values: [], place }))
  })
  if (body.parent !== undefined) {
    const place = body.previous === undefined ? 0 : 1
    const changes = spec.update.fn.changes === true
    for (const pair of pairsFrom(rdd, parentAt(rdd, place), place, partition, evaluation)) {
      const entry = entries.at(retainKey(pair[0]), () => ({ state: undefined, values: [], place: -1 })).value
      entry.values.push(changes ? copyRecord(pair[1]) : pair[1])
    }
  }
  const rows = inSlotOrder(Array.from(entries.cells.values()), (cell) => cell.key)
  const next = new NextState(previous)
  if (spec.update.variant === 'iterator') updateAll(spec.update, rows, entries, next, evaluation)
  else updateEach(spec.update, rows, rdd.spec.timeMs, next, evaluation)
  rdd.edits.set(partition, next.edit)
  return next.pairs
}

type Row = { readonly key: unknown; readonly value: Entry }

/** The state in the making, with how it comes from the one before. */
class NextState {
  readonly pairs: unknown[] = []
  readonly edit = new PartitionEdit()
  private readonly previous: Records

  constructor(previous: Records) {
    this.previous = previous
  }

  add(entry: Entry | undefined, state: unknown, pair: () => unknown): void {
    if (entry !== undefined && entry.place >= 0 && sameRecord(state, entry.state)) {
      this.edit.copy(entry.place)
      this.pairs.push(this.previous[entry.place])
    } else {
      this.edit.add()
      this.pairs.push(pair())
    }
  }
}

function updateAll(
  { fn: ref }: StateUpdate,
  rows: readonly Row[],
  entries: Keyed<Entry>,
  next: NextState,
  { tools: { plan } }: Evaluation,
): void {
  const given = rows.map(({ key, value }) => [key, value.values, copyRecord(value.state)] as const)
  try {
    for (const pair of stageKernel.items(plan.fn(ref)(given))) {
      if (!isPair(pair)) stageKernel.notAPair(pair)
      else next.add(entries.get(keyForm(pair[0])), pair[1], () => pair)
    }
  } catch (thrown) {
    throw plan.failure(thrown, ref, undefined)
  }
}

function updateEach(
  { variant, fn: ref }: StateUpdate,
  rows: readonly Row[],
  timeMs: number,
  next: NextState,
  { tools: { plan } }: Evaluation,
): void {
  const fn = plan.fn(ref)
  for (const { key, value } of rows) {
    const given = copyRecord(value.state)
    const args = variant === 'values' ? [value.values, given] : [timeMs, key, value.values, given]
    const state = callUpdate(fn, ref, args, key, plan)
    if (state !== undefined && state !== null) next.add(value, state, () => [key, state])
  }
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

function initialOf(initial: readonly (readonly unknown[])[], partition: number, rdd: Rdd): Records {
  const pairs = decodeTagged(initial)
  invariant(Array.isArray(pairs), 'initial pairs are an array')
  return pairs.filter((pair) => isPair(pair) && partitionOf(pair[0], rdd.owners.length) === partition)
}
