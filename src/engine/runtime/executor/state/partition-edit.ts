import { invariant } from '#engine/model/invariant.ts'

/** The records of one partition. */
type Records = readonly unknown[]

/** How the records of a partition came from those of the batch before: runs of old records and new ones between them, in order.
 *  Whatever became of the old ones (changed, gone, in another order), it has a size that follows what changed. */
export class PartitionEdit {
  private added = 0
  private readonly runs: number[] = []
  private from = 0
  private count = 0
  private fresh = 0

  /** Records that are new, and runs of old ones: what the edit costs. */
  get size(): number {
    return this.added + this.runs.length / 3
  }

  /** The next record is the old one in this place. */
  copy(place: number): void {
    if (this.fresh === 0 && place === this.from + this.count) {
      this.count += 1
      return
    }
    this.flush()
    this.from = place
    this.count = 1
    this.fresh = 0
  }

  /** The next record is a new one. */
  add(): void {
    this.fresh += 1
    this.added += 1
  }

  /** [old records to skip, old records to take, new records]…: what is skipped may be negative. */
  steps(): readonly number[] {
    const all = [...this.runs, this.from, this.count, this.fresh]
    let end = 0
    for (let at = 0; at < all.length; at += 3) {
      const from = all[at] ?? 0
      all[at] = from - end
      end = from + (all[at + 1] ?? 0)
    }
    return all
  }

  /** The new ones among the records that came of it. */
  addedOf(records: Records): unknown[] {
    const added: unknown[] = []
    const all = [...this.runs, this.from, this.count, this.fresh]
    let place = 0
    for (let at = 0; at < all.length; at += 3) {
      place += all[at + 1] ?? 0
      for (let left = all[at + 2] ?? 0; left > 0; left--) added.push(records[place++])
    }
    return added
  }

  private flush(): void {
    if (this.count > 0 || this.fresh > 0) this.runs.push(this.from, this.count, this.fresh)
  }
}

/** The records that an edit makes of the old ones.
 *  Fails: throws when it is an edit of something else */
export function applyEdit(old: Records, steps: readonly number[], added: Records): unknown[] {
  const records: unknown[] = []
  let from = 0
  let next = 0
  for (let at = 0; at < steps.length; at += 3) {
    from += steps[at] ?? 0
    const to = from + (steps[at + 1] ?? 0)
    invariant(from >= 0 && to <= old.length, 'an edit takes from the records that it was made of')
    for (; from < to; from++) records.push(old[from])
    for (let left = steps[at + 2] ?? 0; left > 0; left--) records.push(added[next++])
  }
  invariant(next === added.length, 'an edit uses all that it adds')
  return records
}
