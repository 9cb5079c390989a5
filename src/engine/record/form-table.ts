import { hashKey } from './hash.ts'
import type { KeyForm } from './key-form.ts'
import { murmur3OfInt } from './murmur3.ts'

/** What loops that combine by key need of a Map of forms (see keyForm). */
export interface FormMap<Value> {
  readonly size: number
  get(form: KeyForm): Value | undefined
  /** Of a form that is not in it. */
  set(form: KeyForm, value: Value): unknown
}

/** From here on a FormTable is faster than a Map: a Map no longer fits the processor's caches, and makes itself anew each time it grows. */
export const MOST_IN_MAP = 32_768

/** `map` while it is small, else a table in its place. */
export function widened<Value>(map: FormMap<Value>): FormMap<Value> {
  return map instanceof Map && map.size >= MOST_IN_MAP ? new FormTable(map) : map
}

/** A Map of very many forms, in arrays. */
class FormTable<Value> implements FormMap<Value> {
  private readonly forms: KeyForm[] = []
  private readonly values: Value[] = []
  /** Of each form, what its slot goes by: most forms are told apart by it without a look at them. */
  private spreads: Int32Array = new Int32Array(4 * MOST_IN_MAP)
  /** Place + 1 of the form in a slot; 0: empty. Never more than half full. */
  private slots: Int32Array = new Int32Array(4 * MOST_IN_MAP)
  /** What was looked for last and is not there: where it would be. */
  private missed: KeyForm
  private missedSlot = -1
  private missedSpread = 0

  constructor(map: ReadonlyMap<KeyForm, Value>) {
    for (const [form, value] of map) this.set(form, value)
  }

  get size(): number {
    return this.forms.length
  }

  get(form: KeyForm): Value | undefined {
    const { slots, spreads, forms } = this
    const spread = murmur3OfInt(hashKey(form))
    const mask = slots.length - 1
    let slot = spread & mask
    for (let step = 1; ; step++) {
      const place = (slots[slot] ?? 0) - 1
      if (place < 0) break
      if (spreads[place] === spread && isSame(forms[place], form)) return this.values[place]
      slot = (slot + step) & mask
    }
    this.missed = form
    this.missedSlot = slot
    this.missedSpread = spread
    return undefined
  }

  set(form: KeyForm, value: Value): void {
    if (this.missedSlot < 0 || !isSame(this.missed, form)) this.get(form)
    const place = this.forms.push(form) - 1
    this.values.push(value)
    this.spreads[place] = this.missedSpread
    this.slots[this.missedSlot] = place + 1
    this.missedSlot = -1
    if (2 * place >= this.slots.length) this.grow()
  }

  private grow(): void {
    const { spreads, forms } = this
    const slots = new Int32Array(4 * this.slots.length)
    const mask = slots.length - 1
    for (let place = 0; place < forms.length; place++) {
      let slot = (spreads[place] ?? 0) & mask
      for (let step = 1; slots[slot] !== 0; step++) slot = (slot + step) & mask
      slots[slot] = place + 1
    }
    this.slots = slots
    this.spreads = new Int32Array(slots.length / 2 + 2)
    this.spreads.set(spreads.subarray(0, forms.length))
  }
}

/** As a Map compares its keys. */
function isSame(a: KeyForm, b: KeyForm): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}
