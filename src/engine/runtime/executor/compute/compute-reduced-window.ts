import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import type { KeyIndex } from '#engine/record/key-index.ts'
import { Keyed } from '#engine/record/keyed.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { Folding } from '#engine/runtime/executor/window/folding.ts'
import { heldByColumn } from '#engine/runtime/executor/window/held-by-column.ts'
import { type Held, PairColumns, recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import { slideColumns } from '#engine/runtime/executor/window/slide-columns.ts'
import { slidePairs } from '#engine/runtime/executor/window/slide-pairs.ts'
import type { Slid, WindowFunctions } from '#engine/runtime/executor/window/window-functions.ts'
import { isPair } from './kernel.ts'

/** One slide of the incremental window: per key, subtract what left, then add what came.
 *  All RDDs concerned are partitioned alike, so nothing moves.
 *  Source: ReducedWindowedDStream.compute; dstream-semantics §4.4 */
export function computeReducedWindow(rdd: Rdd, partition: number, evaluation: Evaluation): Held {
  const { spec } = rdd.stream
  const { body } = rdd.spec
  invariant(spec.kind === 'reducedWindow' && body.kind === 'reducedWindow', 'kinds agree')
  const functions = functionsOf(rdd, evaluation)
  const store = evaluation.tools.windows.panesOf(spec.parent, partition)
  const index = store?.index
  const oldFrom = body.previous === undefined ? 0 : 1
  const recentFrom = oldFrom + body.old.length
  const panes = new Panes(rdd, partition, index, functions.reduce, evaluation)
  const left = panes.reduce(oldFrom, recentFrom)
  const came = panes.reduce(recentFrom, recentFrom + body.recent.length)
  const previous = oldFrom === 0 ? [] : heldByColumn(parentAt(rdd, 0), partition, index, evaluation)
  let slid: Slid
  if (
    index === undefined ||
    left instanceof Keyed ||
    came instanceof Keyed ||
    !(previous instanceof PairColumns || oldFrom === 0)
  )
    slid = slidePairs(recordsOf(previous), keyedOf(left), keyedOf(came), functions)
  else {
    const before = previous instanceof PairColumns ? previous : undefined
    const [gone, fresh] = [left.folded(), came.folded()]
    slid = slideColumns(before, gone, fresh, index, functions)
    before?.release()
    store?.tidy(Math.max(slid.held.length, gone.ids.length + fresh.ids.length))
  }
  if (slid.edit !== undefined) rdd.edits.set(partition, slid.edit)
  return slid.held
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
    refuse: (key) => {
      const message =
        'Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?'
      throw plan.failure(new Error(message), { node }, key)
    },
  }
}

/** The batches that a slide is made of. */
class Panes {
  private readonly rdd: Rdd
  private readonly partition: number
  private readonly index: KeyIndex | undefined
  private readonly combine: WindowFunctions['reduce']
  private readonly evaluation: Evaluation

  constructor(
    rdd: Rdd,
    partition: number,
    index: KeyIndex | undefined,
    combine: WindowFunctions['reduce'],
    evaluation: Evaluation,
  ) {
    this.rdd = rdd
    this.partition = partition
    this.index = index
    this.combine = combine
    this.evaluation = evaluation
  }

  /** Reduced by key, one after another: by column as far as all are, in cells from the first one on that is not. */
  reduce(from: number, to: number): Folding | Keyed<unknown> {
    const { rdd, partition, index, combine, evaluation } = this
    let reduced: Folding | Keyed<unknown> =
      index === undefined ? new Keyed<unknown>() : new Folding(index, (a, b, key) => combine(key, a, b))
    for (let place = from; place < to; place++) {
      const held = heldByColumn(parentAt(rdd, place), partition, index, evaluation)
      if (reduced instanceof Folding && held instanceof PairColumns) {
        reduced.take({ ids: held.order.ids, values: held.values })
        continue
      }
      reduced = keyedOf(reduced)
      for (const pair of recordsOf(held)) {
        invariant(isPair(pair), 'a reduced batch holds pairs')
        const [key, value] = pair
        let isNew = false
        const cell = reduced.at(key, () => {
          isNew = true
          return value
        })
        if (!isNew) cell.value = combine(key, cell.value, value)
      }
    }
    return reduced
  }
}

function keyedOf(reduced: Folding | Keyed<unknown>): Keyed<unknown> {
  return reduced instanceof Folding ? reduced.keyed() : reduced
}
