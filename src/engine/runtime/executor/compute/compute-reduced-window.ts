import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import { isPair } from './kernel.ts'

/** One slide of the incremental window: per key, subtract what left, then add what came.
 *  All RDDs concerned are partitioned alike, so nothing moves.
 *  Source: ReducedWindowedDStream.compute; dstream-semantics §4.4 */
export function computeReducedWindow(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  const { spec, node } = rdd.stream
  const { body } = rdd.spec
  invariant(spec.kind === 'reducedWindow' && body.kind === 'reducedWindow', 'kinds agree')
  const { plan } = evaluation.tools
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
  const reduce = call(spec.reduce)
  const inverse = call(spec.inverse)
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
    throw plan.failure(
      new Error(
        'Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?',
      ),
      { node },
      key,
    )
  }
  const keep = spec.filter === undefined ? undefined : call(spec.filter)
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
