import type { Json } from '#engine/model/json.ts'
import type { AccumulatorSetting } from '#engine/model/pipeline.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import {
  type Amount,
  type Amounts,
  addAmounts,
  MAX_COLLECTED,
  parseAmount,
  printAmount,
} from '#engine/runtime/amount.ts'

/** What one executor has added in the batch at hand. */
export interface News {
  /** By job that is over; null when the job failed there. */
  readonly finished: readonly (Amounts | null)[]
  /** By the job at hand. */
  readonly current: Amounts
}

/** What this executor adds, job by job, and on executor 0 what the others have told it of theirs. What a failed job added is dropped. */
export class AccumulatorLedger {
  private readonly initial: ReadonlyMap<string, Amount>
  private totals: Amounts = {}
  private finished: (Amounts | null)[] = []
  private readonly current = new Map<string, number | Json[]>()
  private heard = new Map<number, News>()

  constructor(settings: readonly AccumulatorSetting[]) {
    this.initial = new Map(settings.map(({ name, initial }) => [name, parseAmount(initial) ?? 0]))
  }

  /** `totals`: what each accumulator holds before the batch. */
  beginBatch(totals: Amounts): void {
    this.totals = totals
    this.finished = []
    this.current.clear()
    this.heard.clear()
  }

  beginJob(): void {
    this.current.clear()
    for (const [peer, { finished }] of this.heard) this.heard.set(peer, { finished, current: {} })
  }

  /** What the job added here; undefined when nothing counts. */
  endJob(succeeded: boolean): Amounts | undefined {
    const added = succeeded ? this.currentAmounts() : null
    this.finished.push(added)
    this.current.clear()
    return added === null || Object.keys(added).length === 0 ? undefined : added
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

  /** For executor 0. */
  news(): News {
    return { finished: this.finished, current: this.currentAmounts() }
  }

  /** Takes what another executor tells, in place of what it told before. */
  hear(executor: number, news: News): void {
    this.heard.set(executor, news)
  }

  /** What an accumulator holds now, as far as has been heard: what it held before the batch, what the jobs before this one added that
   *  succeeded everywhere, and what this job has added so far. */
  value(name: string): Amount {
    const all = [this.news(), ...[...this.heard].sort(([a], [b]) => a - b).map(([, news]) => news)]
    let amount = parseAmount(this.totals[name]) ?? this.initial.get(name) ?? 0
    for (let job = 0; job < this.finished.length; job++) {
      const added = all.map(({ finished }) => finished[job])
      if (added.some((each) => each === null)) continue
      for (const each of added) amount = addAmounts(amount, parseAmount(each?.[name]))
    }
    for (const { current } of all) amount = addAmounts(amount, parseAmount(current[name]))
    return amount
  }

  private currentAmounts(): Amounts {
    return Object.fromEntries(
      [...this.current].map(([name, held]) => [name, printAmount(typeof held === 'number' ? held : [...held])]),
    )
  }
}
