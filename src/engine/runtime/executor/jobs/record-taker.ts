import { pickRank, pickSeed } from '#engine/runtime/pick-rank.ts'
import type { PickedReport } from '#engine/runtime/wire.ts'

/** Takes records of one partition down as they come: the first ones, and of a node that is looked at also some of all, picked evenly. */
export class RecordTaker {
  readonly first: unknown[] = []
  readonly picks: RecordPicks | undefined
  private readonly limit: number

  constructor(limit: number, picks?: RecordPicks) {
    this.limit = limit
    this.picks = picks
  }

  /** How many records of the partition must be handed to `take`, from the first on. */
  get wanted(): number {
    return this.picks === undefined ? this.limit : Number.POSITIVE_INFINITY
  }

  take(record: unknown): void {
    if (this.first.length < this.limit) this.first.push(record)
    this.picks?.offer(record)
  }
}

interface Pick {
  readonly index: number
  readonly rank: number
  readonly record: unknown
}

/** The records of the lowest ranks. A rank follows from batch, partition and index alone, so that a batch that runs again picks the same, and
 *  the lowest of several partitions are an even pick of all their records.
 *  Keeps: twice as many as are wanted, at most */
export class RecordPicks {
  private readonly most: number
  private readonly seed: number
  private picks: Pick[] = []
  private offered = 0
  /** From here on a rank is too high. */
  private bound = 2 ** 32

  constructor(most: number, timeMs: number, partition: number) {
    this.most = most
    this.seed = pickSeed(timeMs, partition)
  }

  /** All records in order. */
  offer(record: unknown): void {
    const index = this.offered++
    const rank = pickRank(this.seed, index)
    if (rank < this.bound) this.add({ index, rank, record })
  }

  /** What was picked, in order; `encode` makes a record one that can be sent. */
  report(encode: (record: unknown) => PickedReport[1]): readonly PickedReport[] {
    this.thin()
    return this.picks.sort((a, b) => a.index - b.index).map(({ index, record }) => [index, encode(record)])
  }

  private add(pick: Pick): void {
    this.picks.push(pick)
    if (this.picks.length < 2 * this.most) return
    this.thin()
    this.bound = this.picks.at(-1)?.rank ?? 0
  }

  private thin(): void {
    this.picks.sort((a, b) => a.rank - b.rank)
    this.picks.length = Math.min(this.picks.length, this.most)
  }
}
