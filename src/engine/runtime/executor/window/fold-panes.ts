import type { KeyIndex } from '#engine/record/key-index.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { IdMarks } from './id-marks.ts'
import { KeyOrder } from './key-order.ts'
import { idsOf, PairColumns, packed, type Values } from './pair-columns.ts'

/** Combines a key's value so far with the next one. */
export type Reduce = (combined: unknown, value: unknown, key: unknown) => unknown

/** Keys by id and a value each, in order of first arrival. */
export interface Folded {
  readonly ids: Int32Array
  readonly values: Values
}

/** What arrived of a batch, combined by key, as computeShuffled would give it; undefined where a key is not plain: then nothing has been called. */
export function combinePane(
  arrived: readonly Records[],
  index: KeyIndex,
  marks: IdMarks,
  reduce: Reduce,
): PairColumns | undefined {
  const lists: { readonly ids: Int32Array; readonly values: readonly unknown[] }[] = []
  for (const records of arrived) {
    const ids = idsOf(records, index)
    if (ids === undefined) return undefined
    lists.push({ ids, values: records.map((pair) => (pair as readonly [unknown, unknown])[1]) }) // idsOf has looked
  }
  const [only] = lists
  // What one map side has combined holds every key once.
  const folded = lists.length === 1 && only !== undefined ? only : fold(lists, index, marks, reduce)
  return inSlotOrder(index, { ids: folded.ids, values: packed(folded.values) })
}

/** The panes' values reduced by key, oldest first, calling `reduce` as combining the pairs one after another would. */
export function foldPanes(panes: readonly PairColumns[], index: KeyIndex, marks: IdMarks, reduce: Reduce): Folded {
  const [only] = panes
  if (panes.length === 1 && only !== undefined) return { ids: only.order.ids, values: only.values }
  const lists = panes.map(({ order: { ids }, values }) => ({ ids, values }))
  const { ids, values } = fold(lists, index, marks, reduce)
  return { ids, values: packed(values) }
}

/** The panes' sums by key; undefined where a value is no number. */
export function sumPanes(panes: readonly PairColumns[], index: KeyIndex, marks: IdMarks): Folded | undefined {
  const sums = new Float64Array(index.capacity)
  const keys = new Int32Array(index.capacity)
  marks.begin(index.capacity, 1)
  let count = 0
  for (const { order, values } of panes) {
    if (!(values instanceof Float64Array)) return undefined
    const { ids } = order
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const value = values[place] ?? 0
      if (marks.get(id) < 0) {
        marks.set(id, 0)
        keys[count++] = id
        sums[id] = value
      } else sums[id] = (sums[id] ?? 0) + value
    }
  }
  const ids = keys.slice(0, count)
  const values = new Float64Array(count)
  for (let place = 0; place < count; place++) values[place] = sums[ids[place] ?? 0] ?? 0
  return { ids, values }
}

/** As Spark's reduce side gives them out. */
export function inSlotOrder(index: KeyIndex, { ids, values }: Folded): PairColumns {
  const { order, from } = KeyOrder.of(index, ids).inserted()
  if (!(values instanceof Float64Array))
    return new PairColumns(
      order,
      Array.from(from, (place) => values[place]),
    )
  const found = new Float64Array(from.length)
  for (let place = 0; place < from.length; place++) found[place] = values[from[place] ?? 0] ?? 0
  return new PairColumns(order, found)
}

function fold(
  lists: readonly { readonly ids: Int32Array; readonly values: ArrayLike<unknown> }[],
  index: KeyIndex,
  marks: IdMarks,
  reduce: Reduce,
): { readonly ids: Int32Array; readonly values: readonly unknown[] } {
  const keys = new Int32Array(index.capacity)
  const combined: unknown[] = []
  marks.begin(index.capacity, index.capacity)
  for (const { ids, values } of lists) {
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const at = marks.get(id)
      if (at < 0) {
        marks.set(id, combined.length)
        keys[combined.length] = id
        combined.push(values[place])
      } else combined[at] = reduce(combined[at], values[place], index.keyOf(id))
    }
  }
  return { ids: keys.slice(0, combined.length), values: combined }
}
