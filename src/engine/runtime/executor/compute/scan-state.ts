import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { Keyed } from '#engine/record/keyed.ts'
import { retainKey } from '#engine/record/retain-key.ts'
import { sameRecord } from '#engine/record/same-record.ts'
import { type KeyLayout, type NextLayout, spreadOf } from '#engine/runtime/executor/state/key-layout.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'

type Pair = readonly [key: unknown, state: unknown]

/** The user's function for one key. */
export interface Update {
  /** Whether the function is given the key. */
  readonly needsKey: boolean
  /** The new state; undefined or null: the key is gone. */
  call(key: unknown, values: unknown[], state: unknown): unknown
  /** What to throw when the function has thrown. */
  failure(thrown: unknown, key: unknown, values: readonly unknown[]): unknown
}

/** What a key gets in a batch. */
interface Arrival {
  readonly values: unknown[]
  readonly spread: number
  /** Where the key stands in the state before, once it has been found there; -1: nowhere. */
  place: number
}

/** The state after a batch, and how it came: one pass over the states, in which a key that got nothing costs a call of the function and a look at what it
 *  gave. The state before stays as it is.
 *  Shape:  distinct keys, in the order of slots → the same, as if all keys were inserted anew
 *  Source: as computeState */
export function scanState(
  previous: StateColumns,
  arrived: Iterable<Pair>,
  copiesValues: boolean,
  update: Update,
): { readonly state: StateColumns; readonly edit: PartitionEdit } {
  const arrivals = new Keyed<Arrival>()
  for (const [key, value] of arrived) {
    const arrival = arrivals.at(key, () => ({ values: [], spread: spreadOf(key), place: -1 })).value
    arrival.values.push(copiesValues ? copyRecord(value) : value)
  }
  const { keys, layout } = previous
  const touched = findTouched(keys, layout, arrivals)
  const fresh: NewKey[] = []
  for (const cell of arrivals.cells.values()) if (cell.value.place < 0) fresh.push(cell)
  const next = fresh.length === 0 ? layout.unchanged() : withNew(layout, fresh)
  const scan = new Scan(previous, update)
  const { at, from } = next.moves
  const count = keys.length + fresh.length
  for (let place = 0, move = 0; place < count; move++) {
    const end = at[move] ?? count
    scan.pass(place, end, touched)
    if (end === count) break
    const origin = from[move] ?? 0
    if (origin < keys.length) scan.pass(origin, origin + 1, touched, end)
    else scan.add(end, fresh[origin - keys.length])
    place = end + 1
  }
  return { state: scan.end(next), edit: scan.edit }
}

type NewKey = { readonly key: unknown; readonly value: Arrival }

function withNew(layout: KeyLayout, fresh: readonly NewKey[]): NextLayout {
  const nullAt = fresh.findIndex(({ key }) => key === null)
  return layout.withNew(
    Int32Array.from(fresh, ({ value }) => value.spread),
    nullAt,
  )
}

/** The state in the making. What it does not change it does not write: that is most of it. */
class Scan {
  readonly edit = new PartitionEdit()
  private readonly before: StateColumns
  private readonly keys: Column<unknown>
  private readonly states: Column<unknown>
  private readonly pairs: Column<Pair> | undefined
  private readonly update: Update
  private readonly gone: number[] = []
  private length = 0

  constructor(before: StateColumns, update: Update) {
    this.before = before
    this.keys = new Column(before.keys)
    this.states = new Column(before.states)
    this.pairs = before.asked && new Column(before.asked)
    this.update = update
  }

  /** The next keys are those from this place of the state before on, to before `end`. `at`: the place of the first if none before it were gone. */
  pass(from: number, end: number, touched: Touched, at = from): void {
    const { update, edit } = this
    const { keys, states } = this.before
    const { needsKey } = update
    let place = from
    let copied = from
    let values: unknown[] = []
    try {
      for (; place < end; place++) {
        const state = states[place]
        values = touched.valuesAt(place)
        const next = update.call(
          needsKey ? keys[place] : undefined,
          values,
          typeof state === 'object' ? copyRecord(state) : state,
        )
        if (isSame(next, state)) continue
        this.copy(copied, place)
        copied = place + 1
        if (next === undefined || next === null) this.gone.push(at + place - from)
        else {
          edit.replace(place)
          this.put(keys[place], next)
        }
      }
    } catch (thrown) {
      throw update.failure(thrown, keys[place], values)
    }
    this.copy(copied, end)
  }

  /** The next key is a new one. */
  add(at: number, fresh: NewKey | undefined): void {
    const key = retainKey(fresh?.key)
    const values = fresh?.value.values ?? []
    let next: unknown
    try {
      next = this.update.call(key, values, undefined)
    } catch (thrown) {
      throw this.update.failure(thrown, key, values)
    }
    if (next === undefined || next === null) this.gone.push(at)
    else {
      this.edit.add()
      this.put(key, next)
    }
  }

  end({ layout }: NextLayout): StateColumns {
    const { length, gone } = this
    const pairs = this.pairs?.end(length)
    const left = gone.length === 0 ? layout : layout.without(gone)
    return new StateColumns(this.keys.end(length), this.states.end(length), left, pairs)
  }

  /** The next keys and states are as they were from this place on, to before `end`. */
  private copy(from: number, end: number): void {
    if (from >= end) return
    this.edit.copy(from, end - from)
    this.keys.copy(this.length, from, end)
    this.states.copy(this.length, from, end)
    this.pairs?.copy(this.length, from, end)
    this.length += end - from
  }

  private put(key: unknown, state: unknown): void {
    this.keys.set(this.length, key)
    this.states.set(this.length, state)
    this.pairs?.set(this.length, [key, state])
    this.length += 1
  }
}

/** A column that is the one before as long as nothing in it is other. */
class Column<Value> {
  private readonly before: readonly Value[]
  private own: Value[] | undefined

  constructor(before: readonly Value[]) {
    this.before = before
  }

  set(place: number, value: Value): void {
    if (this.own === undefined) {
      if (place < this.before.length && Object.is(this.before[place], value)) return
      this.own = this.before.slice()
    }
    this.own[place] = value
  }

  copy(place: number, from: number, end: number): void {
    if (place === from) return
    this.own ??= this.before.slice()
    for (let each = from; each < end; each++) this.own[place + each - from] = this.before[each] as Value // a place of it
  }

  end(length: number): readonly Value[] {
    if (this.own === undefined && this.before.length === length) return this.before
    if (this.own === undefined) return this.before.slice(0, length)
    this.own.length = length
    return this.own
  }
}

/** As sameRecord, which looks closer than most states need. */
function isSame(next: unknown, state: unknown): boolean {
  return typeof next === 'number' && next === state ? next !== 0 || Object.is(next, state) : sameRecord(next, state)
}

/** Arrivals of keys that have a state, by their places. */
class Touched {
  private readonly flags: Uint8Array
  private readonly arrivals = new Map<number, Arrival>()

  constructor(places: number) {
    this.flags = new Uint8Array(places)
  }

  set(place: number, arrival: Arrival): void {
    this.flags[place] = 1
    this.arrivals.set(place, arrival)
  }

  /** What the key in this place got; a list of its own if nothing. */
  valuesAt(place: number): unknown[] {
    return this.flags[place] === 1 ? (this.arrivals.get(place)?.values ?? []) : []
  }
}

/** Finds the places of keys that got something. Few of the others are looked at: most fall through a sieve of what the order of keys goes by. */
function findTouched(keys: readonly unknown[], { spreads }: KeyLayout, { cells }: Keyed<Arrival>): Touched {
  const touched = new Touched(keys.length)
  const mask = sieveSize(cells.size) - 1
  const sieve = new Uint8Array(mask + 1)
  for (const { value } of cells.values()) sieve[value.spread & mask] = 1
  for (let place = 0; place < spreads.length; place++) {
    if (sieve[(spreads[place] ?? 0) & mask] === 0) continue
    const arrival = cells.get(keyForm(keys[place]))?.value
    if (arrival === undefined) continue
    arrival.place = place
    touched.set(place, arrival)
  }
  return touched
}

/** A power of two: of sixty keys that got nothing about one passes. */
function sieveSize(keys: number): number {
  return 2 ** Math.min(22, Math.max(10, Math.ceil(Math.log2(64 * keys + 1))))
}
