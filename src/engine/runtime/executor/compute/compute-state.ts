import { invariant } from '#engine/model/invariant.ts'
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
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'
import { type Held, recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import { pairsFrom } from './compute-cogrouped.ts'
import { isPair, stageKernel } from './kernel.ts'
import { scanState, type Update } from './scan-state.ts'

/** What one key brings into a batch: its state so far and the batch's values. */
interface Entry {
  readonly state: unknown
  readonly values: unknown[]
  /** Where the key stands in the state before; -1: nowhere. */
  readonly place: number
}

/** The state of one partition after a batch: the function sees every key of state or data.
 *  The batch's state is made anew; the one before is never changed, so a batch that fails leaves it whole. The function is given copies, as
 *  from Spark's serialized storage: it may change what it gets.
 *  Source: StateDStream.compute, computeUsingPreviousRDD; dstream-semantics §6.1 */
export function computeState(rdd: Rdd, partition: number, evaluation: Evaluation): Held {
  const { spec } = rdd.stream
  const { body } = rdd.spec
  invariant(spec.kind === 'state' && body.kind === 'state', 'kinds agree')
  const previous =
    body.previous === undefined
      ? body.useInitial
        ? initialOf(spec.initial, partition, rdd)
        : []
      : evaluation.held(parentAt(rdd, 0), partition)
  return previous instanceof StateColumns
    ? computeByScan(rdd, partition, previous, evaluation)
    : computeAfresh(rdd, partition, recordsOf(previous), evaluation)
}

type Spec = Extract<Rdd['stream']['spec'], { kind: 'state' }>

function specOf(rdd: Rdd): Spec {
  const { spec } = rdd.stream
  invariant(spec.kind === 'state', 'kinds agree')
  return spec
}

/** The pairs of the batch. */
function arrivalsOf(rdd: Rdd, partition: number, evaluation: Evaluation): Iterable<readonly [unknown, unknown]> {
  const { body } = rdd.spec
  invariant(body.kind === 'state', 'kinds agree')
  if (body.parent === undefined) return []
  const place = body.previous === undefined ? 0 : 1
  return pairsFrom(rdd, parentAt(rdd, place), place, partition, evaluation)
}

function computeByScan(rdd: Rdd, partition: number, previous: StateColumns, evaluation: Evaluation): StateColumns {
  const { update } = specOf(rdd)
  const { state, edit } = scanState(
    previous,
    arrivalsOf(rdd, partition, evaluation),
    update.fn.changes === true,
    updateOf(update, rdd.spec.timeMs, evaluation),
  )
  rdd.edits.set(partition, edit)
  return state
}

/** The state from whatever pairs there are before: those of the first batch, of a checkpoint, or of the iterator form, which gives any. */
function computeAfresh(rdd: Rdd, partition: number, previous: Records, evaluation: Evaluation): Held {
  const { update } = specOf(rdd)
  const entries = new Keyed<Entry>()
  previous.forEach((pair, place) => {
    invariant(isPair(pair), 'a state is a pair')
    // Where the iterator form gave one key twice, the first entry counts.
    entries.at(pair[0], () => ({ state: pair[1], values: [], place }))
  })
  const changes = update.fn.changes === true
  for (const [key, value] of arrivalsOf(rdd, partition, evaluation)) {
    const entry = entries.get(keyForm(key)) ?? entries.at(retainKey(key), newEntry).value
    entry.values.push(changes ? copyRecord(value) : value)
  }
  const rows = inSlotOrder(Array.from(entries.cells.values()), (cell) => cell.key)
  const next = new NextState(previous)
  const isIterator = update.variant === 'iterator'
  if (isIterator) updateAll(update, rows, entries, next, evaluation)
  else updateEach(rows, updateOf(update, rdd.spec.timeMs, evaluation), next)
  rdd.edits.set(partition, next.edit)
  return isIterator ? next.pairs : StateColumns.of(next.pairs)
}

function newEntry(): Entry {
  return { state: undefined, values: [], place: -1 }
}

type Row = { readonly key: unknown; readonly value: Entry }

/** The state in the making, with how it comes from the one before. */
class NextState {
  readonly pairs: (readonly [unknown, unknown])[] = []
  readonly edit = new PartitionEdit()
  private readonly previous: Records

  constructor(previous: Records) {
    this.previous = previous
  }

  /** `pair`: what stands for the key and its state, if they are not those of the pair before. */
  add(entry: Entry | undefined, state: unknown, pair: readonly [unknown, unknown]): void {
    const before = entry === undefined ? undefined : this.previous[entry.place]
    if (isPair(before) && sameRecord(state, before[1])) {
      this.edit.copy(entry?.place ?? 0)
      this.pairs.push(before)
      return
    }
    if (isPair(before) && sameRecord(pair[0], before[0])) this.edit.replace(entry?.place ?? 0)
    else this.edit.add()
    this.pairs.push(pair)
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
      else next.add(entries.get(keyForm(pair[0])), pair[1], pair)
    }
  } catch (thrown) {
    throw plan.failure(thrown, ref, undefined)
  }
}

function updateEach(rows: readonly Row[], update: Update, next: NextState): void {
  for (const { key, value } of rows) {
    const given = copyRecord(value.state)
    let state: unknown
    try {
      state = update.call(key, value.values, given)
    } catch (thrown) {
      throw update.failure(thrown, key, value.values)
    }
    if (state !== undefined && state !== null) next.add(value, state, [key, state])
  }
}

function updateOf({ variant, fn: ref }: StateUpdate, timeMs: number, { tools: { plan } }: Evaluation): Update {
  const fn = plan.fn(ref)
  return {
    needsKey: variant !== 'values',
    call:
      variant === 'values'
        ? (_key, values, state) => fn(values, state)
        : (key, values, state) => fn(timeMs, key, values, state),
    failure: (thrown, key, values) => plan.failure(thrown, ref, [key, values]),
  }
}

function initialOf(initial: readonly (readonly unknown[])[], partition: number, rdd: Rdd): Records {
  const pairs = decodeTagged(initial)
  invariant(Array.isArray(pairs), 'initial pairs are an array')
  return pairs.filter((pair) => isPair(pair) && partitionOf(pair[0], rdd.owners.length) === partition)
}
