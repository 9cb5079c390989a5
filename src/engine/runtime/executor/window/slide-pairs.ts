import { invariant } from '#engine/model/invariant.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { isPair } from '#engine/runtime/executor/compute/kernel.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import type { Slid, WindowFunctions } from './window-functions.ts'

/** One slide of the incremental window, pair by pair: for all that cannot stand in columns.
 *  Shape: the window before, what left by key, what came by key → the window */
export function slidePairs(
  before: Records,
  left: Keyed<unknown>,
  came: Keyed<unknown>,
  { reduce, inverse, keep, refuse }: WindowFunctions,
): Slid {
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
    if (gone === undefined && fresh === undefined) rows.push({ pair, place, isOther: false })
    else {
      const rest = gone === undefined ? pair[1] : inverse(key, pair[1], gone.value)
      rows.push({ pair: [key, fresh === undefined ? rest : reduce(key, rest, fresh.value)], place, isOther: true })
    }
  }
  for (const [form, { key, value }] of came.cells)
    if (!previous.cells.has(form)) rows.push({ pair: [key, value], place: -1, isOther: true })
  for (const [form, { key }] of left.cells) {
    if (previous.cells.has(form) || came.cells.has(form)) continue
    refuse(key)
  }
  const edit = new PartitionEdit()
  const pairs: unknown[] = []
  for (const { pair, place, isOther } of inSlotOrder(rows, (row) => row.pair[0])) {
    if (keep !== undefined && !keep(pair[0], pair)) continue
    pairs.push(pair)
    if (place < 0) edit.add()
    else if (isOther) edit.replace(place)
    else edit.copy(place)
  }
  return { held: pairs, edit }
}

/** A pair of the window; `place`: where its key stands in the window before, or -1. */
interface Row {
  readonly pair: readonly [unknown, unknown]
  readonly place: number
  /** Its value may be other. */
  readonly isOther: boolean
}
