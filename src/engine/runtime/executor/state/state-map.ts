import { invariant } from '#engine/model/invariant.ts'
import { meanBytes } from '#engine/runtime/executor/memory/record-bytes.ts'
import { SlotSet } from './slot-set.ts'
import { Differences, StateTable } from './state-table.ts'

/** A key's state and the batch time it was last touched at. */
export interface StateEntry {
  readonly key: unknown
  readonly state: unknown
  readonly timeMs: number
}

/** The states of one version, whatever comes after it. */
export interface FrozenStates {
  readonly slots: number
  /** Those in the slots from `from` to before `to`, in the order in which the keys came. */
  entries(from: number, to: number): readonly StateEntry[]
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
  /** The table's length, and the keys with a state, when this was copied. */
  private readonly lengthBefore: number
  private readonly sizeBefore: number
  /** The neighbour towards the version that the table holds; undefined: it holds this one. */
  private next: StateMap | undefined
  private differences = new Differences()
  /** What this was copied from, while this may be changed. */
  private parent: StateMap | undefined
  /** Slots that this version touched; a list that does not grow any more once it has been copied. */
  private touched: number[] | Int32Array = []
  /** The same, while it may be changed. */
  private isTouched: SlotSet | undefined = new SlotSet()
  private readonly handedOut = new Set<number>()

  constructor(table = new StateTable(), parent?: StateMap, size = parent?.size ?? table.length) {
    this.table = table
    this.parent = parent
    this.size = size
    this.sizeBefore = size
    this.lengthBefore = table.length
    table.beginVersion()
  }

  get(key: unknown): { readonly state: unknown } | undefined {
    const slot = this.slotOf(key)
    return slot < 0 ? undefined : { state: this.table.states[slot] }
  }

  /** Where the state of a key is, as long as nothing else is looked up; -1: it has none. */
  slotOf(key: unknown): number {
    this.hold()
    const slot = this.table.slotOf(key)
    return slot >= 0 && this.table.isLive(slot) ? slot : -1
  }

  stateAt(slot: number): unknown {
    return this.table.states[slot]
  }

  put(key: unknown, state: unknown, timeMs: number): void {
    const slot = this.change(key)
    if (!this.table.isLive(slot)) this.size += 1
    this.table.set(slot, state, timeMs)
  }

  remove(key: unknown): void {
    const slot = this.change(key)
    if (this.table.isLive(slot)) this.size -= 1
    this.table.clear(slot)
  }

  /** A function has seen the state of a key, and may have changed it in its place without saying so. */
  handOut(key: unknown): void {
    const slot = this.slotOf(key)
    if (slot >= 0) this.handedOut.add(slot)
  }

  copy(): StateMap {
    this.hold()
    this.seal()
    const { table } = this
    // A table of many holes is left to the versions that have it.
    if (table.length > 2 * this.size + FEW_HOLES) return new StateMap(table.compacted(this.size))
    const copy = new StateMap(table, this)
    this.next = copy
    this.differences = new Differences()
    return copy
  }

  /** It stays as it is from now on, and needs no room for more. */
  private seal(): void {
    if (this.isTouched === undefined) return
    this.isTouched = undefined
    this.touched = Int32Array.from(this.touched)
    this.parent?.differences.trim()
    this.parent = undefined
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
      times.push(table.timeOf(slot))
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
    const { table } = this
    for (let slot = 0; slot < table.length; slot++)
      if (table.isLive(slot)) call(table.keys[slot], table.states[slot], table.timeOf(slot))
  }

  /** The states as they are now, by slot, for whoever reads them while other versions come: objects are not copied, and functions may change them in their places. */
  freeze(): FrozenStates {
    this.hold()
    const { keys, length: slots } = this.table
    const own = this.table.frozen()
    return {
      slots,
      entries: (from, to) => {
        const entries: StateEntry[] = []
        for (let slot = from; slot < to; slot++) {
          const timeMs = own.timeOf(slot)
          if (!Number.isNaN(timeMs)) entries.push({ key: keys[slot], state: own.states[slot], timeMs })
        }
        return entries
      },
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
    const { table } = this
    const entries: StateEntry[] = []
    // A look at each time is a nanosecond: less than keeping the keys in order of their times would cost at each touch.
    for (let slot = 0; slot < table.length; slot++) {
      const timeMs = table.timeOf(slot)
      if (timeMs < beforeMs) entries.push({ key: table.keys[slot], state: table.states[slot], timeMs })
    }
    return entries
  }

  /** The slot of a key that is about to be changed, with what was there noted. */
  private change(key: unknown): number {
    const { table, isTouched } = this
    invariant(isTouched !== undefined, 'a map that has been copied stays as it is')
    this.hold()
    const known = table.slotOf(key)
    if (known >= 0) {
      if (isTouched.has(known)) return known
      if (table.isLive(known)) return this.noted(known, isTouched)
      this.parent?.differences.noteSlotOf(table.keys[known], known)
    }
    return this.noted(table.addSlot(key), isTouched)
  }

  private noted(slot: number, isTouched: SlotSet): number {
    const { table } = this
    this.parent?.differences.note(slot, table.states[slot], table.timeOf(slot))
    isTouched.add(slot)
    if (Array.isArray(this.touched)) this.touched.push(slot)
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
