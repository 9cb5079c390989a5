import { invariant } from '#engine/model/invariant.ts'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { meanBytes } from '#engine/runtime/executor/memory/record-bytes.ts'
import { Differences, StateTable } from './state-table.ts'

/** A key's state and the batch time it was last touched at. */
export interface StateEntry {
  readonly key: unknown
  readonly state: unknown
  readonly timeMs: number
}

/** What is other in a StateMap than in the one it was copied from. Keys that both have are named by the place they have in the one before, in order. */
export interface StateChanges {
  readonly places: readonly number[]
  /** Places of keys that are gone. */
  readonly removed: readonly number[]
  /** Keys that are new, in the order in which they came. */
  readonly keys: readonly unknown[]
  /** Of `places`, then of `keys`. */
  readonly states: readonly unknown[]
  readonly times: readonly number[]
}

/** The states of one partition after one batch. A copy costs nothing and never changes what it was copied from: versions share one table, which holds
 *  the one that was used last; each other knows how it differs from its neighbour. Only a version that has not been copied may be changed.
 *  Iteration gives keys in the order in which they came; one that went and comes again in a later batch comes last.
 *  Source: util/StateMap; versions: H. Baker, Shallow Binding Makes Functional Arrays Fast */
export class StateMap {
  /** Keys that have a state. */
  size: number
  private readonly table: StateTable
  private readonly version: number
  /** The table's length, and the keys with a state, when this was copied. */
  private readonly lengthBefore: number
  private readonly sizeBefore: number
  /** The neighbour towards the version that the table holds; undefined: it holds this one. */
  private next: StateMap | undefined
  private differences = new Differences()
  /** What this was copied from, while this may be changed. */
  private parent: StateMap | undefined
  private isCopied = false
  /** Slots that this version touched. */
  private readonly touched: number[] = []
  private readonly handedOut = new Set<number>()

  constructor(table = new StateTable(), parent?: StateMap, size = parent?.size ?? table.length) {
    this.table = table
    this.parent = parent
    this.size = size
    this.sizeBefore = size
    this.lengthBefore = table.length
    this.version = table.nextVersion()
  }

  get(key: unknown): { readonly state: unknown } | undefined {
    const slot = this.find(keyForm(key))
    return slot === undefined ? undefined : { state: this.table.states[slot] }
  }

  put(key: unknown, state: unknown, timeMs: number): void {
    const slot = this.change(key)
    if (!this.table.isLive(slot)) this.size += 1
    this.table.set(slot, state, timeMs)
  }

  remove(key: unknown): void {
    const slot = this.change(key)
    if (this.table.isLive(slot)) this.size -= 1
    this.table.set(slot, undefined, Number.NaN)
  }

  /** A function has seen the state of a key, and may have changed it in its place without saying so. */
  handOut(key: unknown): void {
    const slot = this.find(keyForm(key))
    if (slot !== undefined) this.handedOut.add(slot)
  }

  copy(): StateMap {
    this.hold()
    this.isCopied = true
    this.parent = undefined
    const { table } = this
    // A table of many holes is left to the versions that have it.
    if (table.length > 2 * this.size + FEW_HOLES) return new StateMap(table.compacted())
    const copy = new StateMap(table, this)
    this.next = copy
    this.differences = new Differences()
    return copy
  }

  /** What is other than in the map that this one was copied from, as far as it may be. */
  changes(): StateChanges {
    this.hold()
    const { table } = this
    const hasHoles = this.lengthBefore !== this.sizeBefore
    const changes = { places: [] as number[], removed: [] as number[], keys: [] as unknown[] }
    const states: unknown[] = []
    const times: number[] = []
    let place = 0
    let at = 0
    for (const slot of this.changedSlots()) {
      const isLive = table.isLive(slot)
      // A slot from before this version was live then: keys that come again get a new one.
      if (slot >= this.lengthBefore) {
        if (isLive) changes.keys.push(table.keys[slot])
      } else {
        if (hasHoles) for (; at < slot; at++) place += table.isLive(at) ? 1 : 0
        else place = slot
        if (isLive) changes.places.push(place)
        else changes.removed.push(place)
        place += 1
        at = slot + 1
      }
      if (!isLive) continue
      states.push(table.states[slot])
      times.push(table.times[slot] ?? 0)
    }
    return { ...changes, states, times }
  }

  /** Slots that were touched or handed out, ascending. */
  private changedSlots(): Int32Array {
    const { touched, handedOut, table } = this
    const slots =
      handedOut.size === 0 ? touched : new Set([...touched, ...[...handedOut].filter((slot) => table.isLive(slot))])
    return Int32Array.from(slots).sort()
  }

  /** How many keys `changes` gives at most. */
  get changed(): number {
    return this.touched.length + this.handedOut.size
  }

  /** Calls for every entry, in the order in which the keys came. */
  forEach(call: (key: unknown, state: unknown, timeMs: number) => void): void {
    this.hold()
    const { keys, states, times } = this.table
    for (let slot = 0; slot < keys.length; slot++) {
      const timeMs = times[slot] ?? Number.NaN
      if (!Number.isNaN(timeMs)) call(keys[slot], states[slot], timeMs)
    }
  }

  /** The mean of what a few keys and states take. */
  entryBytes(bytesOf: (record: unknown) => number): number {
    this.hold()
    const { table } = this
    return meanBytes(table.length, (slot) => bytesOf(table.keys[slot]) + bytesOf(table.states[slot]))
  }

  /** Every entry, in the order in which the keys came. */
  getAll(): readonly StateEntry[] {
    const entries: StateEntry[] = []
    this.forEach((key, state, timeMs) => {
      entries.push({ key, state, timeMs })
    })
    return entries
  }

  /** Entries last touched strictly before this time. */
  getByTime(beforeMs: number): readonly StateEntry[] {
    this.hold()
    const { keys, states, times } = this.table
    const entries: StateEntry[] = []
    // A look at each time is a nanosecond: less than keeping the keys in order of their times would cost at each touch.
    for (let slot = 0; slot < keys.length; slot++) {
      const timeMs = times[slot] ?? Number.NaN
      if (timeMs < beforeMs) entries.push({ key: keys[slot], state: states[slot], timeMs })
    }
    return entries
  }

  private find(form: KeyForm): number | undefined {
    this.hold()
    const slot = this.table.slotOf(form)
    return slot !== undefined && this.table.isLive(slot) ? slot : undefined
  }

  /** The slot of a key that is about to be changed, with what was there noted. */
  private change(key: unknown): number {
    invariant(!this.isCopied, 'a map that has been copied stays as it is')
    this.hold()
    const { table } = this
    const form = keyForm(key)
    const known = table.slotOf(form)
    if (known !== undefined) {
      if (table.changedBy[known] === this.version) return known
      if (table.isLive(known)) return this.noted(known)
      this.parent?.differences.noteSlotOf(form, known)
    }
    return this.noted(table.addSlot(key, form))
  }

  private noted(slot: number): number {
    const { table } = this
    const timeMs = table.times[slot] ?? Number.NaN
    this.parent?.differences.note(slot, table.states[slot], timeMs)
    table.changedBy[slot] = this.version
    this.touched.push(slot)
    return slot
  }

  /** Makes the table hold this version. */
  private hold(): void {
    if (this.next === undefined) return
    const path: StateMap[] = []
    for (let map: StateMap = this; map.next !== undefined; map = map.next) path.push(map)
    for (const map of path.reverse()) {
      const holder: StateMap | undefined = map.next
      invariant(holder !== undefined, 'every map of the path has a neighbour')
      holder.differences = this.table.swap(map.differences)
      holder.next = map
      map.next = undefined
      map.differences = new Differences()
    }
  }
}

/** Holes that are worth no new table. */
const FEW_HOLES = 1024
