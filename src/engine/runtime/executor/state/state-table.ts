import { retainKey } from '#engine/record/retain-key.ts'
import { KeySlots } from './key-slots.ts'

/** Where a version's states differ from those that the table holds, oldest change first. */
export class Differences {
  slots: number[] | Int32Array = []
  states: unknown[] = []
  times: number[] = []
  /** Keys that had another slot. */
  readonly keys: unknown[] = []
  readonly keySlots: number[] = []

  note(slot: number, state: unknown, timeMs: number): void {
    if (!Array.isArray(this.slots)) this.slots = Array.from(this.slots)
    this.slots.push(slot)
    this.states.push(state)
    this.times.push(timeMs)
  }

  noteSlotOf(key: unknown, slot: number): void {
    this.keys.push(key)
    this.keySlots.push(slot)
  }

  /** Gives back the room for more. */
  trim(): void {
    this.slots = Int32Array.from(this.slots)
    this.states = this.states.slice()
    this.times = this.times.slice()
  }
}

/** The states of one version of a StateMap in columns, by slot. Slots are given out in the order in which keys came, never twice: a key that is gone leaves
 *  a hole, and another slot when it comes again, so that their order is that of iteration.
 *  Keeps: beside a key two references, 4 bytes and its place in an index */
export class StateTable {
  keys: unknown[] = []
  states: unknown[] = []
  /** By slot: which of the moments the last touch was; 0: nothing is there. */
  private touches = new Int32Array(FIRST_CAPACITY)
  /** Batch times. */
  private moments: number[] = [Number.NaN]
  private readonly slots: KeySlots
  /** Versions since a key came. */
  private quiet = 0
  private lastMoment = 0
  private lastKey: unknown = NO_KEY
  private lastSlot = -1

  /** `expected`: how many keys it will have soon. */
  constructor(expected = 0) {
    this.slots = new KeySlots(this, expected)
  }

  get length(): number {
    return this.keys.length
  }

  /** A version begins: what those before it have left behind is given up. */
  beginVersion(): void {
    if (this.moments.length > this.length + MANY_MOMENTS) this.forgetMoments()
    this.quiet += 1
    if (this.quiet !== QUIET) return
    // No room for more keys, as none have come for long.
    this.keys = this.keys.slice()
    this.states = this.states.slice()
    this.resize(this.length)
  }

  /** The slot that a key has, or had when it was last there; -1: none. */
  slotOf(key: unknown): number {
    // Who looks a state up mostly sets it next.
    if (key === this.lastKey) return this.lastSlot
    this.lastSlot = this.slots.find(key)
    this.lastKey = typeof key === 'object' ? NO_KEY : key
    return this.lastSlot
  }

  isLive(slot: number): boolean {
    return this.touches[slot] !== 0
  }

  /** Batch time of the last touch; NaN where nothing is. */
  timeOf(slot: number): number {
    return this.moments[this.touches[slot] ?? 0] ?? Number.NaN
  }

  /** States and times as they are now. */
  frozen(): { readonly states: readonly unknown[]; timeOf(slot: number): number } {
    const { moments } = this
    const touches = this.touches.slice(0, this.length)
    return { states: this.states.slice(), timeOf: (slot) => moments[touches[slot] ?? 0] ?? Number.NaN }
  }

  /** A slot for a key, with nothing in it. */
  addSlot(key: unknown): number {
    const slot = this.push(retainKey(key), undefined)
    this.lastKey = NO_KEY
    return slot
  }

  set(slot: number, state: unknown, timeMs: number): void {
    this.states[slot] = state
    this.touches[slot] = this.momentOf(timeMs)
  }

  clear(slot: number): void {
    this.states[slot] = undefined
    this.touches[slot] = 0
  }

  /** Makes the table hold another version. Gives what was there in its place. */
  swap(differences: Differences): Differences {
    const before = new Differences()
    for (let at = differences.slots.length - 1; at >= 0; at--) {
      const slot = differences.slots[at] ?? 0
      before.note(slot, this.states[slot], this.timeOf(slot))
      const timeMs = differences.times[at] ?? Number.NaN
      if (Number.isNaN(timeMs)) this.clear(slot)
      else this.set(slot, differences.states[at], timeMs)
    }
    for (let at = differences.keys.length - 1; at >= 0; at--) {
      const key = differences.keys[at]
      before.noteSlotOf(key, this.slots.find(key))
      this.slots.set(key, differences.keySlots[at] ?? 0)
    }
    this.lastKey = NO_KEY
    return before
  }

  /** The same states without holes; there are so many. */
  compacted(size: number): StateTable {
    const table = new StateTable(size)
    for (let slot = 0; slot < this.length; slot++) {
      if (this.isLive(slot)) table.addLive(this.keys[slot], this.states[slot], this.timeOf(slot))
    }
    return table
  }

  /** A key that the table does not have. The key is one to keep: see retainKey. */
  addLive(key: unknown, state: unknown, timeMs: number): void {
    const slot = this.push(key, state)
    this.touches[slot] = this.momentOf(timeMs)
  }

  private push(key: unknown, state: unknown): number {
    const slot = this.keys.length
    this.keys.push(key)
    this.states.push(state)
    if (slot === this.touches.length) this.resize(slot + (slot >> 2) + FIRST_CAPACITY)
    this.slots.set(key, slot)
    this.quiet = 0
    return slot
  }

  private momentOf(timeMs: number): number {
    if (this.moments[this.lastMoment] === timeMs) return this.lastMoment
    this.lastMoment = this.moments.lastIndexOf(timeMs)
    if (this.lastMoment < 0) this.lastMoment = this.moments.push(timeMs) - 1
    return this.lastMoment
  }

  private forgetMoments(): void {
    const { moments, touches } = this
    const after = new Int32Array(moments.length)
    this.moments = [Number.NaN]
    this.lastMoment = 0
    for (let slot = 0; slot < this.length; slot++) {
      const moment = touches[slot] ?? 0
      if (moment === 0) continue
      after[moment] ||= this.moments.push(moments[moment] ?? 0) - 1
      touches[slot] = after[moment] ?? 0
    }
  }

  private resize(capacity: number): void {
    const touches = new Int32Array(capacity)
    touches.set(this.touches.subarray(0, capacity))
    this.touches = touches
  }
}

const FIRST_CAPACITY = 16
/** Equals no key. */
const NO_KEY = Symbol('no key')
const MANY_MOMENTS = 1024
/** Versions without a new key after which none is expected soon. */
const QUIET = 16
