import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import type { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import { foldPanes } from '#engine/runtime/executor/window/fold-panes.ts'
import type { Held, PairColumns } from '#engine/runtime/executor/window/pair-columns.ts'
import { paneColumns } from '#engine/runtime/executor/window/pane-columns.ts'
import { slideColumns, type WindowFunctions } from '#engine/runtime/executor/window/slide-columns.ts'
import { isPair } from './kernel.ts'

/** One slide of the incremental window: per key, subtract what left, then add what came.
 *  All RDDs concerned are partitioned alike, so nothing moves.
 *  Source: ReducedWindowedDStream.compute; dstream-semantics §4.4 */
export function computeReducedWindow(rdd: Rdd, partition: number, evaluation: Evaluation): Held {
  const functions = functionsOf(rdd, evaluation)
  return slideByColumn(rdd, partition, evaluation, functions) ?? slideByPair(rdd, partition, evaluation, functions)
}

function functionsOf({ stream: { spec, node } }: Rdd, { tools: { plan } }: Evaluation): WindowFunctions {
  invariant(spec.kind === 'reducedWindow', 'kinds agree')
  const call = (ref: FunctionRef) => {
    const fn = plan.fn(ref)
    return (key: unknown, ...args: unknown[]): unknown => {
      try {
        return fn(...(ref.changes === true ? args.map(copyRecord) : args))
      } catch (thrown) {
        throw plan.failure(thrown, ref.param === undefined ? { node } : ref, [key, args.at(-1)])
      }
    }
  }
  return {
    reduce: call(spec.reduce),
    inverse: call(spec.inverse),
    keep: spec.filter === undefined ? undefined : call(spec.filter),
    known: [spec.reduce.known, spec.inverse.known, spec.filter?.known],
  }
}

/** Undefined where not all is kept by column: then nothing has been called. */
function slideByColumn(
  rdd: Rdd,
  partition: number,
  evaluation: Evaluation,
  functions: WindowFunctions,
): PairColumns | undefined {
  const { body } = rdd.spec
  invariant(body.kind === 'reducedWindow', 'kinds agree')
  const { windows } = evaluation.tools
  const { spec } = rdd.stream
  const store = spec.kind === 'reducedWindow' ? windows.panesOf(spec.parent, partition) : undefined
  const columns = store && paneColumns(rdd.parents, partition, store.index, evaluation)
  if (store === undefined || columns === undefined) return undefined
  const oldFrom = body.previous === undefined ? 0 : 1
  const recentFrom = oldFrom + body.old.length
  const fold = (panes: readonly PairColumns[]) =>
    foldPanes(panes, store.index, windows.marks, (a, b, key) => functions.reduce(key, a, b))
  const left = fold(columns.slice(oldFrom, recentFrom))
  const came = fold(columns.slice(recentFrom))
  const previous = oldFrom === 1 ? columns[0] : undefined
  const { pairs, edit } = slideColumns(previous, left, came, store.index, functions, (key) => {
    throw lonely(rdd, key, evaluation)
  })
  previous?.release()
  store.tidy(Math.max(pairs.length, left.ids.length + came.ids.length))
  if (edit !== undefined) rdd.edits.set(partition, edit)
  return pairs
}

function slideByPair(
  rdd: Rdd,
  partition: number,
  evaluation: Evaluation,
  { reduce, inverse, keep }: WindowFunctions,
): Records {
  const { body } = rdd.spec
  invariant(body.kind === 'reducedWindow', 'kinds agree')
  const hasPrevious = body.previous === undefined ? 0 : 1
  const recentFrom = hasPrevious + body.old.length
  const left = reduceAll(rdd, hasPrevious, recentFrom, partition, evaluation, reduce)
  const came = reduceAll(rdd, recentFrom, recentFrom + body.recent.length, partition, evaluation, reduce)
  const before = hasPrevious === 1 ? evaluation.partition(parentAt(rdd, 0), partition) : []
  const rows: Row[] = []
  const previous = new Keyed<number>()
  before.forEach((pair, place) => {
    invariant(isPair(pair), 'a reduced window holds pairs')
    previous.at(pair[0], () => place)
  })
  for (const [form, { key, value: place }] of previous.cells) {
    const gone = left.cells.get(form)
    const fresh = came.cells.get(form)
    const pair = before[place] as readonly [unknown, unknown] // just tested
    if (gone === undefined && fresh === undefined) rows.push({ pair, place })
    else {
      const rest = gone === undefined ? pair[1] : inverse(key, pair[1], gone.value)
      rows.push({ pair: [key, fresh === undefined ? rest : reduce(key, rest, fresh.value)], place: -1 })
    }
  }
  for (const [form, { key, value }] of came.cells)
    if (!previous.cells.has(form)) rows.push({ pair: [key, value], place: -1 })
  for (const [form, { key }] of left.cells) {
    if (previous.cells.has(form) || came.cells.has(form)) continue
    throw lonely(rdd, key, evaluation)
  }
  const edit = new PartitionEdit()
  const pairs: unknown[] = []
  for (const { pair, place } of inSlotOrder(rows, (row) => row.pair[0])) {
    if (keep !== undefined && !keep(pair[0], pair)) continue
    pairs.push(pair)
    if (place < 0) edit.add()
    else edit.copy(place)
  }
  rdd.edits.set(partition, edit)
  return pairs
}

function lonely({ stream: { node } }: Rdd, key: unknown, { tools: { plan } }: Evaluation): JobFailure {
  const message =
    'Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?'
  return plan.failure(new Error(message), { node }, key)
}

/** A pair of the window; `place`: where it stands unchanged in the window before, or -1. */
interface Row {
  readonly pair: readonly [unknown, unknown]
  readonly place: number
}

function reduceAll(
  rdd: Rdd,
  from: number,
  to: number,
  partition: number,
  evaluation: Evaluation,
  reduce: (key: unknown, a: unknown, b: unknown) => unknown,
): Keyed<unknown> {
  const values = new Keyed<unknown>()
  for (let place = from; place < to; place++) {
    for (const pair of evaluation.partition(parentAt(rdd, place), partition)) {
      invariant(isPair(pair), 'a reduced batch holds pairs')
      const [key, value] = pair
      let isNew = false
      const cell = values.at(key, () => {
        isNew = true
        return value
      })
      if (!isNew) cell.value = reduce(key, cell.value, value)
    }
  }
  return values
}
