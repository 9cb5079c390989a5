import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { Keyed } from '#engine/record/keyed.ts'
import { retainKey } from '#engine/record/retain-key.ts'
import { sameRecord } from '#engine/record/same-record.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { type KeyLayout, layoutOf, type NextLayout, spreadOf } from '#engine/runtime/executor/state/key-layout.ts'
import { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'

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

/** A state with what the next batch needs to go through it quickly. Its pairs are never changed.
 *  Keeps: beside the pairs 12 bytes a key */
export class ScannedState {
  readonly pairs: readonly Pair[]
  readonly layout: KeyLayout
  /** By place, so that keys that get nothing need not be visited in memory. Gone once a batch has gone on from it. */
  private states: unknown[] | undefined

  constructor(pairs: readonly Pair[], layout: KeyLayout, states?: unknown[]) {
    this.pairs = pairs
    this.layout = layout
    this.states = states
  }

  /** The states, which are the caller's from now on. */
  takeStates(): unknown[] {
    const states = this.states ?? this.pairs.map((pair) => pair[1])
    this.states = undefined
    return states
  }
}

const scanned = new WeakMap<Records, ScannedState>()

/** What is known of a state for a scan; undefined where nobody has looked whether its keys are distinct. */
export function findScanned(pairs: Records): ScannedState | undefined {
  return scanned.get(pairs)
}

/** Says that a state has another after it. Should it be gone on from once more, its keys are looked at again. */
export function forgetScanned(pairs: Records): void {
  scanned.delete(pairs)
}

/** Makes a state known whose keys are distinct and in the order of slots. */
export function noteScanned(pairs: readonly Pair[], state = new ScannedState(pairs, layoutOf(pairs))): void {
  scanned.set(pairs, state)
}

/** What a key gets in a batch. */
interface Arrival {
  readonly values: unknown[]
  readonly spread: number
  /** Where the key stands in the state before, once it has been found there; -1: nowhere. */
  place: number
}

/** The state after a batch, and how it came: one pass over the states, in which a key that got nothing costs a call of the function and a look at what it
 *  gave.
 *  Shape:  pairs with distinct keys, in the order of slots → the same, as if all keys were inserted anew
 *  Source: as computeState */
export function scanState(
  previous: ScannedState,
  arrived: Iterable<Pair>,
  copiesValues: boolean,
  update: Update,
): { readonly state: ScannedState; readonly edit: PartitionEdit } {
  const arrivals = new Keyed<Arrival>()
  for (const [key, value] of arrived) {
    const arrival = arrivals.at(key, () => ({ values: [], spread: spreadOf(key), place: -1 })).value
    arrival.values.push(copiesValues ? copyRecord(value) : value)
  }
  const { pairs: before, layout } = previous
  const touched = findTouched(before, layout, arrivals)
  const fresh: NewKey[] = []
  for (const cell of arrivals.cells.values()) if (cell.value.place < 0) fresh.push(cell)
  const next = fresh.length === 0 ? layout.unchanged() : withNew(layout, fresh)
  const scan = new Scan(before, previous.takeStates(), update)
  const { order } = next
  const count = order?.length ?? before.length
  for (let at = 0; at < count; at++) {
    const place = order === undefined ? at : (order[at] ?? 0)
    const isNew = place >= before.length
    if (isNew) scan.add(at, fresh[place - before.length])
    else scan.pass(at, place, touched.at(place)?.values ?? [])
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
  private readonly before: readonly Pair[]
  private readonly statesBefore: readonly unknown[]
  private readonly pairs: Pair[]
  private readonly states: unknown[]
  private readonly update: Update
  private readonly gone: number[] = []
  private length = 0

  constructor(before: readonly Pair[], states: unknown[], update: Update) {
    this.before = before
    this.statesBefore = states
    this.update = update
    this.pairs = before.slice()
    this.states = states.slice()
  }

  /** The next key is the one in this place of the state before. `at`: its place if none before it were gone. */
  pass(at: number, place: number, values: unknown[]): void {
    const { update } = this
    const state = this.statesBefore[place]
    const key = update.needsKey ? this.before[place]?.[0] : undefined
    let next: unknown
    try {
      next = update.call(key, values, typeof state === 'object' ? copyRecord(state) : state)
    } catch (thrown) {
      throw update.failure(thrown, this.before[place]?.[0], values)
    }
    if (next === undefined || next === null) this.gone.push(at)
    else if (sameRecord(next, state)) {
      this.edit.copy(place)
      if (place === this.length) this.length += 1
      else this.put(this.before[place] ?? [undefined, state], state)
    } else {
      this.edit.replace(place)
      this.put([this.before[place]?.[0], next], next)
    }
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
      this.put([key, next], next)
    }
  }

  end({ layout }: NextLayout): ScannedState {
    const { pairs, states, length, gone } = this
    pairs.length = length
    states.length = length
    return new ScannedState(pairs, gone.length === 0 ? layout : layout.without(gone), states)
  }

  private put(pair: Pair, state: unknown): void {
    this.pairs[this.length] = pair
    this.states[this.length] = state
    this.length += 1
  }
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

  at(place: number): Arrival | undefined {
    return this.flags[place] === 1 ? this.arrivals.get(place) : undefined
  }
}

/** Finds the places of keys that got something. Few of the others are looked at: most fall through a sieve of what the order of keys goes by. */
function findTouched(before: readonly Pair[], { spreads }: KeyLayout, { cells }: Keyed<Arrival>): Touched {
  const touched = new Touched(before.length)
  const mask = sieveSize(cells.size) - 1
  const sieve = new Uint8Array(mask + 1)
  for (const { value } of cells.values()) sieve[value.spread & mask] = 1
  for (let place = 0; place < spreads.length; place++) {
    if (sieve[(spreads[place] ?? 0) & mask] === 0) continue
    const arrival = cells.get(keyForm(before[place]?.[0]))?.value
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
