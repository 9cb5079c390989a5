import type { KeyIndex } from '#engine/record/key-index.ts'
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
export function inSlotOrder(index: KeyIndex, { ids, values }: Folded): PairColumns {
  const { order, from } = KeyOrder.of(index, ids).inserted()
  if (!(values instanceof Float64Array)) {
    const others: unknown[] = []
    for (const place of from) others.push(values[place])
    return new PairColumns(order, others)
  }
  const numbers = new Float64Array(from.length)
  for (let place = 0; place < from.length; place++) numbers[place] = values[from[place] ?? 0] ?? 0
  return new PairColumns(order, numbers)
}
