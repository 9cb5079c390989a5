import { invariant } from '#engine/model/invariant.ts'

/** The records of one partition. */
type Records = readonly unknown[]
/** The pairs of one, in an array or by column. */
type Pairs = Records | { readonly length: number; pairAt(place: number): readonly [unknown, unknown] }

/** How the pairs of a partition came from those of the batch before: runs of old pairs, then of old keys with other states, then new pairs, in order.
 *  Whatever became of the old ones (changed, gone, in another order), it has a size that follows what changed. */
export class PartitionEdit {
  private changed = 0
  private readonly runs: number[] = []
  private from = 0
  private count = 0
  private replaced = 0
  private fresh = 0

  /** Pairs that are other, and runs of old ones: what the edit costs. */
  get size(): number {
    return this.changed + this.runs.length / RUN
  }

  /** Pairs that are other. */
  get changes(): number {
    return this.changed
  }

  /** The next pairs are old ones, from this place on. */
  copy(place: number, count = 1): void {
    if (this.replaced > 0 || this.fresh > 0 || place !== this.from + this.count) this.start(place)
    this.count += count
  }

  /** The next pair is that of an old key, the one in this place, with another state. */
  replace(place: number): void {
    if (this.fresh > 0 || place !== this.from + this.count + this.replaced) this.start(place)
    this.replaced += 1
    this.changed += 1
  }

  /** The next pair is a new one. */
  add(): void {
    this.fresh += 1
    this.changed += 1
  }

  /** [old pairs to skip, old pairs to take, old keys to take, new pairs]…: what is skipped may be negative. */
  steps(): readonly number[] {
    const all = this.all()
    let end = 0
    for (let at = 0; at < all.length; at += RUN) {
      const from = all[at] ?? 0
      all[at] = from - end
      end = from + (all[at + 1] ?? 0) + (all[at + 2] ?? 0)
    }
    return all
  }

  /** Of the pairs that came of it, the keys that are new, and all states that are. */
  addedOf(pairs: Pairs): { readonly keys: readonly unknown[]; readonly states: readonly unknown[] } {
    const keys: unknown[] = []
    const states: unknown[] = []
    const all = this.all()
    let place = 0
    for (let at = 0; at < all.length; at += RUN) {
      place += all[at + 1] ?? 0
      for (let left = all[at + 2] ?? 0; left > 0; left--) states.push(pairAt(pairs, place++)[1])
      for (let left = all[at + 3] ?? 0; left > 0; left--) {
        const [key, state] = pairAt(pairs, place++)
        keys.push(key)
        states.push(state)
      }
    }
    return { keys, states }
  }

  /** The pairs that are other than the old ones. */
  changedOf(pairs: Pairs): readonly unknown[] {
    const all = this.all()
    const changed: unknown[] = []
    let place = 0
    for (let at = 0; at < all.length; at += RUN) {
      place += all[at + 1] ?? 0
      const end = place + (all[at + 2] ?? 0) + (all[at + 3] ?? 0)
      while (place < end) changed.push(pairAt(pairs, place++))
    }
    return changed
  }

  /** The old pairs by the ones that came of them: [old pairs that are no more, place of a new pair, new pairs to take]… in order, and what is no more. */
  inverse(old: Pairs): { readonly runs: readonly number[]; readonly own: Records } {
    const copies: { readonly from: number; readonly at: number; readonly count: number }[] = []
    const all = this.all()
    let at = 0
    for (let run = 0; run < all.length; run += RUN) {
      const count = all[run + 1] ?? 0
      if (count > 0) copies.push({ from: all[run] ?? 0, at, count })
      at += count + (all[run + 2] ?? 0) + (all[run + 3] ?? 0)
    }
    copies.sort((a, b) => a.from - b.from)
    const runs: number[] = []
    const own: unknown[] = []
    let end = 0
    for (const { from, at, count } of [...copies, { from: old.length, at: 0, count: 0 }]) {
      // Where one old pair was copied twice, the later copy has only what is beyond the first.
      const skipped = Math.max(0, end - from)
      if (skipped >= count && count > 0) continue
      for (let place = end; place < from; place++) own.push(pairAt(old, place))
      runs.push(Math.max(0, from - end), at + skipped, Math.max(0, count - skipped))
      end = from + count
    }
    return { runs, own }
  }

  private start(place: number): void {
    if (this.count > 0 || this.replaced > 0 || this.fresh > 0)
      this.runs.push(this.from, this.count, this.replaced, this.fresh)
    this.from = place
    this.count = 0
    this.replaced = 0
    this.fresh = 0
  }

  private all(): number[] {
    return [...this.runs, this.from, this.count, this.replaced, this.fresh]
  }
}

/** Numbers of a run. */
const RUN = 4

/** The pairs that an edit makes of the old ones.
 *  Fails: throws when it is an edit of something else */
export function applyEdit(old: Records, steps: readonly number[], keys: Records, states: Records): unknown[] {
  const pairs: unknown[] = []
  let from = 0
  let nextKey = 0
  let nextState = 0
  for (let at = 0; at < steps.length; at += RUN) {
    from += steps[at] ?? 0
    const to = from + (steps[at + 1] ?? 0)
    const end = to + (steps[at + 2] ?? 0)
    invariant(from >= 0 && end <= old.length, 'an edit takes from the pairs that it was made of')
    for (; from < to; from++) pairs.push(old[from])
    for (; from < end; from++) pairs.push([pairAt(old, from)[0], states[nextState++]])
    for (let left = steps[at + 3] ?? 0; left > 0; left--) pairs.push([keys[nextKey++], states[nextState++]])
  }
  invariant(nextKey === keys.length && nextState === states.length, 'an edit uses all that it adds')
  return pairs
}

export function pairAt(pairs: Pairs, place: number): readonly [unknown, unknown] {
  if ('pairAt' in pairs) return pairs.pairAt(place)
  return pairs[place] as readonly [unknown, unknown] // only streams of pairs have edits
}
