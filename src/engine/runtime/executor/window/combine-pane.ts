import type { KeyIndex, NumberedKeys } from '#engine/record/key-index.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { type Folded, Folding, type Reduce } from './folding.ts'
import { KeyOrder } from './key-order.ts'
import { idsOf, PairColumns, packed } from './pair-columns.ts'

/** What arrived of a batch, combined by key, as computeShuffled would give it; undefined where a key is not plain: then nothing has been called.
 *  Each map side has combined what it sends, so that no key comes twice from one. */
export function combinePane(arrived: readonly Records[], index: KeyIndex, reduce: Reduce): PairColumns | undefined {
  const lists: Folded[] = []
  for (const records of arrived) {
    const ids = idsOf(records, index)
    if (ids === undefined) return undefined
    lists.push({ ids, values: packed(records.map((pair) => (pair as readonly [unknown, unknown])[1])) }) // idsOf has looked
  }
  const folding = new Folding(index, reduce)
  for (const list of lists) folding.take(list)
  return inSlotOrder(index, folding.folded())
}

/** As Spark's reduce side gives them out. */
export function inSlotOrder(index: NumberedKeys, { ids, values }: Folded): PairColumns {
  const order = new KeyOrder(index, ids).inserted()
  return new PairColumns(
    order,
    values instanceof Float64Array ? numbersFor(order, ids, values) : othersFor(order, ids, values),
  )
}

function numbersFor(order: KeyOrder, ids: Int32Array, values: Float64Array): Float64Array {
  const byId = new Float64Array(order.index.capacity)
  for (let place = 0; place < ids.length; place++) byId[ids[place] ?? 0] = values[place] ?? 0
  const numbers = new Float64Array(ids.length)
  for (let place = 0; place < ids.length; place++) numbers[place] = byId[order.ids[place] ?? 0] ?? 0
  return numbers
}

function othersFor(order: KeyOrder, ids: Int32Array, values: readonly unknown[]): readonly unknown[] {
  const places = new Int32Array(order.index.capacity)
  for (let place = 0; place < ids.length; place++) places[ids[place] ?? 0] = place
  return Array.from(order.ids, (id) => values[places[id] ?? 0])
}
