import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { PieceReport, WholeOrder } from '#engine/runtime/wire.ts'
import { OVERDUE, type Pace } from './pace.ts'
import { findLink, type Link, loadOf } from './state-chain.ts'
import type { StoredPart } from './state-entry.ts'

/** A piece of a partition's whole after one batch, from one place on; `stream` is its key, see stream-keys.ts. */
export const pieceKey = (stream: string, timeMs: number, partition: number, from: number): string =>
  `piece/${stream}/${timeMs}/${partition}/${from}`

/** A whole that is on its way. */
interface Growing {
  readonly rdd: RddId
  readonly timeMs: number
  /** Of the state, once a piece has come. */
  id: string | undefined
  of: number
  readonly texts: string[]
  readonly entries: string[]
  /** Where the next piece begins. */
  to: number
  /** Orders since the last piece came. */
  asked: number
}

/** A piece that was taken up. */
export interface TakenPiece {
  readonly timeMs: number
  readonly key: string
  readonly part: StoredPart
}

/** Orders without an answer after which executors are taken to have lost a state: they were replaced, or handed the partition over. */
const PATIENCE = 8

/** Which partitions of a stream are told whole in pieces, and what has come of them. Until its last piece has come a whole counts for nothing, and a driver that goes on
 *  from the store begins it anew. */
export class WholesInPieces {
  private readonly stream: string
  private readonly growing = new Map<number, Growing>()
  /** The newest batch that executors were told of: what they tell shows nothing later. */
  private orderedMs = Number.NEGATIVE_INFINITY
  private isLeft = false

  constructor(stream: string) {
    this.stream = stream
  }

  /** What of the partitions is wanted whole with the RDD of this batch; of those that are wanted at once the first, so that no batch pays for all. */
  wanted(
    { rdd, timeMs }: { readonly rdd: RddId; readonly timeMs: number },
    chains: ReadonlyMap<number, readonly Link[]>,
    broken: Iterable<number>,
    pace: Pace,
  ): readonly WholeOrder[] {
    this.orderedMs = Math.max(this.orderedMs, timeMs)
    const orders: WholeOrder[] = []
    let [atOnce] = broken
    let most = atOnce === undefined ? 1 : Number.POSITIVE_INFINITY
    for (const [partition, chain] of chains) {
      const tail = chain.at(-1)
      if (tail === undefined) continue
      const { excess, wholeChars } = loadOf(tail, pace)
      const chars = Math.max(
        pace.piecePerEdit * (tail.edit?.length ?? 0),
        Math.ceil(wholeChars / pace.mostPieces),
        pace.leastPiece,
      )
      const isOverdue = excess >= OVERDUE
      if (excess >= most && (isOverdue || wholeChars <= chars)) {
        most = excess
        atOnce = partition
      } else if (!isOverdue && wholeChars > chars && (excess >= 1 || this.growing.has(partition))) {
        const { rdd: of, to } = this.next(partition, rdd, timeMs)
        orders.push({ rdd: of, partition, piece: { from: to, chars } })
      }
    }
    return atOnce === undefined ? orders : [{ rdd, partition: atOnce }, ...orders.filter((o) => o.partition !== atOnce)]
  }

  /** Takes up a piece, if it is the one that is waited for. With the last one the link has its whole. */
  take({ rdd, partition, from, to, of, text }: PieceReport, chain: readonly Link[]): TakenPiece | undefined {
    const growing = this.growing.get(partition)
    const link = growing === undefined ? undefined : findLink(chain, growing.timeMs)
    if (growing === undefined || link === undefined || growing.rdd !== rdd || growing.to !== from) return undefined
    const isNext = to <= of && (to > from || of === 0)
    if (
      !isNext ||
      link.whole !== undefined ||
      (growing.id !== undefined && (growing.id !== link.id || growing.of !== of))
    ) {
      this.drop(partition)
      return undefined
    }
    const { timeMs, texts, entries } = growing
    const key = pieceKey(this.stream, timeMs, partition, from)
    texts.push(text)
    entries.push(key)
    growing.id = link.id
    growing.of = of
    growing.to = to
    growing.asked = 0
    const fromMs = this.orderedMs
    if (to === of) {
      link.whole = { texts, pieces: { entries, fromMs } }
      this.growing.delete(partition)
    }
    const { id, keys } = link
    return { timeMs, key, part: { partition, id, keys, piece: { from, to, of, fromMs, text } } }
  }

  /** Gives up what is on its way of a partition. */
  drop(partition: number): void {
    if (this.growing.delete(partition)) this.isLeft = true
  }

  /** Whether something was given up since this was last asked: it may have left entries behind. */
  takeLeft(): boolean {
    const { isLeft } = this
    this.isLeft = false
    return isLeft
  }

  /** Entries of what is on its way. */
  entries(): readonly string[] {
    return [...this.growing.values()].flatMap(({ entries }) => entries)
  }

  private next(partition: number, rdd: RddId, timeMs: number): Growing {
    const known = this.growing.get(partition)
    if (known !== undefined && known.to > 0 && known.asked < PATIENCE) {
      known.asked += 1
      return known
    }
    this.drop(partition)
    const fresh: Growing = { rdd, timeMs, id: undefined, of: 0, texts: [], entries: [], to: 0, asked: 0 }
    this.growing.set(partition, fresh)
    return fresh
  }
}
