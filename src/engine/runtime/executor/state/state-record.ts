import * as v from 'valibot'
import { invariant } from '#engine/model/invariant.ts'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { decodedList, fromGaps, gapsOf, printColumns, shortGapsOf } from './saved-columns.ts'
import { type StateEntry, StateMap } from './state-map.ts'
import { StateTable } from './state-table.ts'

/** The only record of a partition of mapWithState's hidden stream.
 *  Source: MapWithStateRDDRecord */
export interface StateRecord {
  readonly states: StateMap
  /** What the function emitted in this batch. */
  readonly mapped: readonly unknown[]
}

/** The states of a record as text: columns of keys, states and times.
 *  Fails: RecordError */
export function printStates({ states }: StateRecord): string {
  const keys: unknown[] = []
  const values: unknown[] = []
  const times: number[] = []
  states.forEach((key, state, timeMs) => {
    keys.push(key)
    values.push(state)
    times.push(timeMs)
  })
  return printColumns({ keys, states: values }, { times: shortGapsOf(times) }, () =>
    states.getAll().map(({ key, state, timeMs }) => [key, state, timeMs]),
  )
}

/** Some of the states as text that reads as that of a record with these alone.
 *  Fails: RecordError */
export function printSomeStates(entries: readonly StateEntry[]): string {
  const keys = entries.map(({ key }) => key)
  const states = entries.map(({ state }) => state)
  const times = shortGapsOf(entries.map(({ timeMs }) => timeMs))
  return printColumns({ keys, states }, { times }, () => entries.map(({ key, state, timeMs }) => [key, state, timeMs]))
}

/** What became other than in the record before, as text. Keys that were there are named by their places in it.
 *  Fails: RecordError */
export function printStateChanges({ states }: StateRecord): string {
  const { places, removed, keys, states: values, times } = states.changes()
  const numbers = { places: gapsOf(places), removed: gapsOf(removed), times: shortGapsOf(times) }
  return printColumns({ keys, states: values }, numbers, () => {
    const all = states.getAll()
    return values.map((state, at) => {
      const key = at < places.length ? all[places[at] ?? 0]?.key : keys[at - places.length]
      return [key, state, times[at]]
    })
  })
}

/** The record of stored states, whole or in pieces, and the changes since, oldest first.
 *  Fails: throws when they are none */
export function restoreStateRecord(
  wholes: readonly unknown[],
  changes: readonly unknown[],
  mapped: readonly unknown[],
): StateRecord {
  const columns = new Columns()
  for (const whole of wholes) columns.addWhole(whole)
  for (const change of changes) columns.change(change)
  return { states: new StateMap(columns.toTable()), mapped }
}

const list = v.array(v.unknown())
const numbers = v.array(v.number())
const wholeForm = v.object({ keys: list, states: list, times: numbers })
const changesForm = v.object({ places: numbers, removed: numbers, keys: list, states: list, times: numbers })
/** How changes were written before they named places: [key, state, time], and the forms of keys that are gone. */
const entriesForm = v.object({ entries: list, removed: list })

/** An entry as it was written before there were columns. */
type StoredEntry = readonly [key: unknown, state: unknown, timeMs: number]

/** Stored states on their way to a table. */
class Columns {
  private keys: unknown[] = []
  private states: unknown[] = []
  private times: number[] = []

  addWhole(json: unknown): void {
    if (Array.isArray(json)) {
      for (const each of decodedList(json)) this.push(...(each as StoredEntry)) // as it was written
      return
    }
    const { keys, states, times } = v.parse(wholeForm, json)
    this.append(decodedList(keys), decodedList(states), fromGaps(times, keys.length))
  }

  change(json: unknown): void {
    const old = v.safeParse(entriesForm, json)
    if (old.success) this.changeByKeys(decodedList(old.output.entries), decodedList(old.output.removed))
    else this.changeByPlaces(v.parse(changesForm, json))
  }

  toTable(): StateTable {
    const table = new StateTable(this.keys.length)
    for (let at = 0; at < this.keys.length; at++) table.addLive(this.keys[at], this.states[at], this.times[at] ?? 0)
    return table
  }

  private changeByPlaces(changes: v.InferOutput<typeof changesForm>): void {
    const keys = decodedList(changes.keys)
    const states = decodedList(changes.states)
    const times = fromGaps(changes.times, states.length)
    const places = fromGaps(changes.places)
    invariant(places.length + keys.length === states.length, 'each key that is told has a state')
    places.forEach((place, at) => {
      invariant(place < this.keys.length, 'changes are those of the states before them')
      this.states[place] = states[at]
      this.times[place] = times[at] ?? 0
    })
    if (changes.removed.length > 0) {
      const gone = new Set(fromGaps(changes.removed))
      this.keep((place) => !gone.has(place))
    }
    this.append(keys, states.slice(places.length), times.slice(places.length))
  }

  private changeByKeys(entries: readonly unknown[], removed: readonly unknown[]): void {
    const places = new Map<KeyForm, number>(this.keys.map((key, place) => [keyForm(key), place]))
    const gone = new Set<number>()
    for (const form of removed) {
      const place = places.get(form as KeyForm) // as it was written
      if (place === undefined) continue
      gone.add(place)
      places.delete(form as KeyForm)
    }
    for (const each of entries) {
      const [key, state, timeMs] = each as StoredEntry // as it was written
      const place = places.get(keyForm(key))
      if (place === undefined) this.push(key, state, timeMs)
      else {
        this.states[place] = state
        this.times[place] = timeMs
      }
    }
    if (gone.size > 0) this.keep((place) => !gone.has(place))
  }

  private push(key: unknown, state: unknown, timeMs: number): void {
    this.keys.push(key)
    this.states.push(state)
    this.times.push(timeMs)
  }

  private append(keys: readonly unknown[], states: readonly unknown[], times: readonly number[]): void {
    invariant(keys.length === states.length && keys.length === times.length, 'columns are of one length')
    for (let at = 0; at < keys.length; at++) this.push(keys[at], states[at], times[at] ?? 0)
  }

  private keep(isKept: (place: number) => boolean): void {
    this.keys = this.keys.filter((_, place) => isKept(place))
    this.states = this.states.filter((_, place) => isKept(place))
    this.times = this.times.filter((_, place) => isKept(place))
  }
}
