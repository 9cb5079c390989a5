import { invariant } from '#engine/model/invariant.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import { type PartitionEdit, pairAt } from './partition-edit.ts'

type Records = readonly unknown[]

/** A state that another came after, by what is other in that one. */
class PastState {
  private readonly runs: readonly number[]
  private readonly own: Records
  private readonly later: KeptPartitions
  private readonly partition: number

  constructor(runs: readonly number[], own: Records, later: KeptPartitions, partition: number) {
    this.runs = runs
    this.own = own
    this.later = later
    this.partition = partition
  }

  pairs(): Records {
    const later = this.later.look(this.partition)
    invariant(later !== undefined, 'a state that was made is kept as long as those before it')
    const pairs: unknown[] = []
    let own = 0
    for (let at = 0; at < this.runs.length; at += 3) {
      for (let left = this.runs[at] ?? 0; left > 0; left--) pairs.push(this.own[own++])
      const from = this.runs[at + 1] ?? 0
      const to = from + (this.runs[at + 2] ?? 0)
      for (let place = from; place < to; place++) pairs.push(pairAt(later, place))
    }
    return pairs
  }
}

/** The partitions of an RDD that are kept. A state that another came after is kept by how it differs from that one, which is little: dozens of them are
 *  remembered, and hardly any is looked at again. Its pairs are made for whoever wants them, and stay from then on.
 *  Keeps: of such a state what became other after it */
export class KeptPartitions extends Map<number, Held> {
  private readonly past = new Map<number, PastState>()

  override get(partition: number): Held | undefined {
    const past = this.past.get(partition)
    if (past === undefined) return super.get(partition)
    const pairs = past.pairs()
    this.set(partition, pairs)
    return pairs
  }

  override set(partition: number, held: Held): this {
    this.past?.delete(partition) // not there yet while the map is made
    return super.set(partition, held)
  }

  /** As `get`; what has to be made for it does not stay. */
  look(partition: number): Held | undefined {
    return this.past.get(partition)?.pairs() ?? super.get(partition)
  }

  /** Keeps a state by how the one in `later` came of it. */
  outdate(partition: number, edit: PartitionEdit, later: KeptPartitions): void {
    const held = super.get(partition)
    if (held === undefined || this.past.has(partition)) return
    const { runs, own } = edit.inverse(held)
    super.set(partition, [])
    this.past.set(partition, new PastState(runs, own, later, partition))
  }
}
