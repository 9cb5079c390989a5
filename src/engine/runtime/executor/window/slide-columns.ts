import type { KnownFunction } from '#engine/operator/function-ref.ts'
import type { KeyIndex } from '#engine/record/key-index.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import type { Folded } from './folding.ts'
import { KeyOrder } from './key-order.ts'
import { PairColumns } from './pair-columns.ts'
import type { Slid, WindowFunctions } from './window-functions.ts'

/** One slide of the incremental window by column: as slidePairs does it, and calling the same in the same order. Known functions are not called for
 *  numbers. */
export function slideColumns(
  previous: PairColumns | undefined,
  left: Folded,
  came: Folded,
  index: KeyIndex,
  functions: WindowFunctions,
): Slid {
  const before = previous?.order ?? new KeyOrder(index, new Int32Array(0))
  const column = new Column(previous, index.capacity)
  const isTouched = new Uint8Array(index.capacity)
  const fresh = freshIds(before, came.ids)
  if (!addKnown(column, left, came, before, isTouched, functions.known))
    callEach(column, left, came, before, isTouched, functions)
  for (let at = 0; at < fresh.places.length; at++) column.set(fresh.ids[at] ?? 0, came.values[fresh.places[at] ?? 0])
  refuseLonely(before, left.ids, came.ids, functions)
  const inserted = before.inserted(fresh.ids)
  const order = functions.keep === undefined ? inserted : filtered(inserted, column, functions.keep, functions.known[2])
  return { held: new PairColumns(order, column.values, true), edit: editOf(before, order, isTouched) }
}

/** Values by id, as numbers as long as all are. */
class Column {
  numbers: Float64Array | undefined
  private others: unknown[] = []

  constructor(from: PairColumns | undefined, capacity: number) {
    const ids = from?.order.ids ?? new Int32Array(0)
    if (from === undefined || from.values instanceof Float64Array) {
      const numbers = new Float64Array(capacity)
      if (from?.isById === true)
        numbers.set(from.values as Float64Array) // as just seen
      else for (let place = 0; place < ids.length; place++) numbers[ids[place] ?? 0] = from?.values[place] as number // as well
      this.numbers = numbers
    } else if (from.isById) this.others = [...from.values]
    else for (let place = 0; place < ids.length; place++) this.others[ids[place] ?? 0] = from.values[place]
  }

  get values(): Float64Array | readonly unknown[] {
    return this.numbers ?? this.others
  }

  get(id: number): unknown {
    return this.numbers === undefined ? this.others[id] : this.numbers[id]
  }

  set(id: number, value: unknown): void {
    if (this.numbers !== undefined && typeof value === 'number') {
      this.numbers[id] = value
      return
    }
    if (this.numbers !== undefined) this.others = Array.from(this.numbers)
    this.numbers = undefined
    this.others[id] = value
  }
}

/** Sums and differences of numbers; false where it is something else. */
function addKnown(
  { numbers }: Column,
  left: Folded,
  came: Folded,
  before: KeyOrder,
  isTouched: Uint8Array,
  [reduce, inverse]: WindowFunctions['known'],
): boolean {
  if (numbers === undefined || reduce !== 'sum' || inverse !== 'difference') return false
  if (!(left.values instanceof Float64Array) || !(came.values instanceof Float64Array)) return false
  const places = before.placesById
  for (let place = 0; place < left.ids.length; place++) {
    const id = left.ids[place] ?? 0
    if (!isIn(places, id)) continue
    numbers[id] = (numbers[id] ?? 0) - (left.values[place] ?? 0)
    isTouched[id] = 1
  }
  for (let place = 0; place < came.ids.length; place++) {
    const id = came.ids[place] ?? 0
    if (!isIn(places, id)) continue
    numbers[id] = (numbers[id] ?? 0) + (came.values[place] ?? 0)
    isTouched[id] = 1
  }
  return true
}

function callEach(
  column: Column,
  left: Folded,
  came: Folded,
  before: KeyOrder,
  isTouched: Uint8Array,
  { reduce, inverse }: WindowFunctions,
): void {
  const leftPlaces = placesOf(left.ids, isTouched.length)
  const camePlaces = placesOf(came.ids, isTouched.length)
  for (let place = 0; place < before.ids.length; place++) {
    const id = before.ids[place] ?? 0
    const gone = leftPlaces[id] ?? 0
    const fresh = camePlaces[id] ?? 0
    if (gone === 0 && fresh === 0) continue
    const key = before.index.keyOf(id)
    let value = column.get(id)
    if (gone !== 0) value = inverse(key, value, left.values[gone - 1])
    if (fresh !== 0) value = reduce(key, value, came.values[fresh - 1])
    column.set(id, value)
    isTouched[id] = 1
  }
}

/** Keys that were not there before, in the order in which they came, and their places in it. */
function freshIds(
  before: KeyOrder,
  came: Int32Array,
): { readonly ids: Int32Array; readonly places: readonly number[] } {
  const known = before.placesById
  const places: number[] = []
  for (let place = 0; place < came.length; place++) if (!isIn(known, came[place] ?? 0)) places.push(place)
  return { ids: Int32Array.from(places, (place) => came[place] ?? 0), places }
}

function refuseLonely(before: KeyOrder, left: Int32Array, came: Int32Array, { refuse }: WindowFunctions): void {
  const known = before.placesById
  let recent: ReadonlySet<number> | undefined
  for (let place = 0; place < left.length; place++) {
    const id = left[place] ?? 0
    if (isIn(known, id)) continue
    recent ??= new Set(came)
    if (!recent.has(id)) refuse(before.index.keyOf(id))
  }
}

function filtered(
  order: KeyOrder,
  column: Column,
  keep: (key: unknown, pair: unknown) => unknown,
  known: KnownFunction | undefined,
): KeyOrder {
  const { numbers } = column
  const { ids, index } = order
  const passes = (id: number): unknown => {
    if (numbers !== undefined && known === 'nonzero') return numbers[id] !== 0
    if (numbers !== undefined && known === 'positive') return (numbers[id] ?? 0) > 0
    const key = index.keyOf(id)
    return keep(key, [key, column.get(id)])
  }
  const kept = ids.filter((id) => Boolean(passes(id)))
  return kept.length === ids.length ? order : new KeyOrder(index, kept)
}

/** An edit that says more than half of the pairs is worth nothing. */
function editOf(before: KeyOrder, after: KeyOrder, isTouched: Uint8Array): PartitionEdit | undefined {
  const places = before.placesById
  const { ids } = after
  let others = 0
  for (let place = 0; place < ids.length; place++) {
    const id = ids[place] ?? 0
    if (isTouched[id] === 1 || !isIn(places, id)) others += 1
  }
  if (2 * others > ids.length) return undefined
  const edit = new PartitionEdit()
  for (let place = 0; place < ids.length; place++) {
    const id = ids[place] ?? 0
    if (!isIn(places, id)) edit.add()
    else if (isTouched[id] === 1) edit.replace((places[id] ?? 0) - 1)
    else edit.copy((places[id] ?? 0) - 1)
  }
  return edit
}

function placesOf(ids: Int32Array, capacity: number): Int32Array {
  const places = new Int32Array(capacity)
  for (let place = 0; place < ids.length; place++) places[ids[place] ?? 0] = place + 1
  return places
}

function isIn(places: Int32Array, id: number): boolean {
  return id < places.length && places[id] !== 0
}
