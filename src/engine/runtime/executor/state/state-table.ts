import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { retainKey } from '#engine/record/retain-key.ts'

/** Where a version's states differ from those that the table holds, oldest change first. */
export class Differences {
  readonly slots: number[] = []
  readonly states: unknown[] = []
  readonly times: number[] = []
  /** Keys that had another slot. */
  readonly forms: KeyForm[] = []
  readonly formSlots: number[] = []

  note(slot: number, state: unknown, timeMs: number): void {
    this.slots.push(slot)
    this.states.push(state)
    this.times.push(timeMs)
  }

  noteSlotOf(form: KeyForm, slot: number): void {
    this.forms.push(form)
    this.formSlots.push(slot)
  }
}

/** The states of one version of a StateMap in columns, by slot. Slots are given out in the order in which keys came, never twice: a key that is gone leaves
 *  a hole, and another slot when it comes again, so that their order is that of iteration.
 *  Keeps: beside a key one entry of a Map, two references and 12 bytes */
export class StateTable {
  readonly keys: unknown[] = []
  readonly states: unknown[] = []
  /** Batch time of the last touch; NaN where nothing is. */
  times = new Float64Array(FIRST_CAPACITY)
  /** The version that changed a slot last. */
  changedBy = new Int32Array(FIRST_CAPACITY)
  private readonly slots = new Map<KeyForm, number>()
  private versions = 0

  get length(): number {
    return this.keys.length
  }

  nextVersion(): number {
    this.versions += 1
    return this.versions
  }

  /** The slot that a key has, or had when it was last there. */
  slotOf(form: KeyForm): number | undefined {
    return this.slots.get(form)
  }

  isLive(slot: number): boolean {
    return !Number.isNaN(this.times[slot])
  }

  /** A slot for a key, with nothing in it. */
  addSlot(key: unknown, form: KeyForm): number {
    const slot = this.keys.length
    const kept = retainKey(key)
    this.keys.push(kept)
    this.states.push(undefined)
    // The form of most keys is the key: kept once.
    this.slots.set(typeof kept === 'string' && kept === form ? kept : form, slot)
    if (slot === this.times.length) this.grow()
    this.times[slot] = Number.NaN
    this.changedBy[slot] = 0
    return slot
  }

  set(slot: number, state: unknown, timeMs: number): void {
    this.states[slot] = state
    this.times[slot] = timeMs
  }

  /** Makes the table hold another version. Gives what was there in its place. */
  swap(differences: Differences): Differences {
    const before = new Differences()
    for (let at = differences.slots.length - 1; at >= 0; at--) {
      const slot = differences.slots[at] ?? 0
      before.note(slot, this.states[slot], this.times[slot] ?? Number.NaN)
      this.set(slot, differences.states[at], differences.times[at] ?? Number.NaN)
    }
    for (let at = differences.forms.length - 1; at >= 0; at--) {
      const form = differences.forms[at]
      before.noteSlotOf(form, this.slots.get(form) ?? 0)
      this.slots.set(form, differences.formSlots[at] ?? 0)
    }
    return before
  }

  /** The same states without holes. */
  compacted(): StateTable {
    const table = new StateTable()
    for (let slot = 0; slot < this.length; slot++) {
      if (!this.isLive(slot)) continue
      table.addLive(this.keys[slot], this.states[slot], this.times[slot] ?? 0)
    }
    return table
  }

  /** A key that the table does not have. The key is one to keep: see retainKey. */
  addLive(key: unknown, state: unknown, timeMs: number): void {
    const slot = this.keys.length
    this.keys.push(key)
    this.states.push(state)
    this.slots.set(keyForm(key), slot)
    if (slot === this.times.length) this.grow()
    this.times[slot] = timeMs
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length)
    times.set(this.times)
    this.times = times
    const changedBy = new Int32Array(times.length)
    changedBy.set(this.changedBy)
    this.changedBy = changedBy
  }
}

const FIRST_CAPACITY = 16
