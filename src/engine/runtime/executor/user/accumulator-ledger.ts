import type { Json } from '#engine/model/json.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import {
  type Amount,
  type Amounts,
  addAmounts,
  MAX_COLLECTED,
  parseAmount,
  printAmount,
} from '#engine/runtime/amount.ts'

/** What one job adds on this executor, and on executor 0 what the others have told it of theirs. */
export class AccumulatorLedger {
  private readonly initial: ReadonlyMap<string, Amount>
  private readonly totals: Amounts
  private readonly current = new Map<string, number | Json[]>()
  private readonly heard = new Map<number, Amounts>()

  /** `totals`: what each accumulator holds before the job. */
  constructor(initial: ReadonlyMap<string, Amount>, totals: Amounts) {
    this.initial = initial
    this.totals = totals
  }

  /** Fails: throws a TypeError, RangeError or RecordError that is the user's to read */
  add(name: string, value: unknown): void {
    const held = this.current.get(name) ?? (typeof this.initial.get(name) === 'number' ? 0 : [])
    if (typeof held === 'number') {
      if (typeof value !== 'number') throw new TypeError(`acc.${name}.add needs a number, and got ${typeof value}.`)
      this.current.set(name, held + value)
      return
    }
    const before = this.totals[name]
    if (held.length + (Array.isArray(before) ? before.length : 0) >= MAX_COLLECTED)
      throw new RangeError(`acc.${name} is full: an accumulator holds at most ${MAX_COLLECTED} records.`)
    // Its tagged form at once: what was added may be changed afterwards.
    held.push(encodeTagged(value))
    this.current.set(name, held)
  }

  /** What the job has added here so far; undefined when nothing. */
  added(): Amounts | undefined {
    if (this.current.size === 0) return undefined
    return Object.fromEntries(
      [...this.current].map(([name, held]) => [name, printAmount(typeof held === 'number' ? held : [...held])]),
    )
  }

  /** Takes what another executor has added, in place of what it told before. */
  hear(executor: number, added: Amounts): void {
    this.heard.set(executor, added)
  }

  /** What an accumulator holds now, as far as has been heard: what it held before the job, and what the job has added so far. */
  value(name: string): Amount {
    const others = [...this.heard].sort(([a], [b]) => a - b).map(([, added]) => added)
    const all = [this.added() ?? {}, ...others].map((added) => parseAmount(added[name]))
    return all.reduce<Amount>(addAmounts, parseAmount(this.totals[name]) ?? this.initial.get(name) ?? 0)
  }
}
