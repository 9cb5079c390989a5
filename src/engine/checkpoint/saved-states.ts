import { invariant } from '#engine/model/invariant.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { PieceReport, SavedPartition, WholeOrder } from '#engine/runtime/wire.ts'
import { type Pace, usualPace } from './pace.ts'
import { findLink, hasWhole, idOfEdit, idOfWhole, type Link, neededSince, partOf, payloadOf } from './state-chain.ts'
import { printStateEntry } from './state-entry.ts'
import { WholesInPieces } from './wholes-in-pieces.ts'

/** What became other in the states of a stream in one batch; `stream` is its key, see stream-keys.ts. */
export const editKey = (stream: string, timeMs: number): string => `state/${stream}/${timeMs}`
/** Whole states of a stream after one batch. */
export const wholeKey = (stream: string, timeMs: number): string => `snapshot/${stream}/${timeMs}`

/** What an executor told of one partition after one batch. */
export interface StateShare {
  readonly partition: number
  readonly keys: number
  readonly edit?: { readonly sinceMs: number; readonly text: string }
  readonly whole?: string
  readonly mapped?: string
}

/** How the RDD of a state is partitioned. */
export interface StateLayout {
  readonly partitions: number
  readonly partitioner: number | undefined
}

interface StreamStates {
  readonly layouts: Map<number, StateLayout>
  /** By partition, in order of time. */
  readonly chains: Map<number, Link[]>
  /** Data checkpoints whose RDDs are remembered. */
  readonly held: Set<number>
  /** Partitions whose newest state is not known: an edit of something else came. */
  readonly broken: Set<number>
  readonly growing: WholesInPieces
  /** Each state goes on from the one before: its newest are worth naming. */
  isChained: boolean
  /** Links have gone since what may be removed was last looked for. */
  isCut: boolean
  /** Up to here the states are those of an earlier driver. What is made again of them, for windows that look back, changes nothing. */
  restoredMs: number
}

/** Newest states that metadata names beside the data checkpoints: the batch of the metadata runs again after a loss, and goes on from the one before. */
const NEWEST = 2

/** The states that are stored, from batch to batch: what the driver has of them in memory, and which entries keep it.
 *  Keeps: of each partition the edits back to the whole before the one that the oldest named state needs, so that one damaged whole costs nothing. */
export class SavedStates {
  private readonly streams = new Map<string, StreamStates>()
  /** Entries that are stored, or about to be. */
  private readonly entries = new Set<string>()
  private readonly pace: Pace

  constructor(pace: Pace = usualPace) {
    this.pace = pace
  }

  /** Takes up what executors told of a stream's state. Gives the entries to store.
   *  An edit of a state that is not known is left out, unless a whole stands beside it. */
  take(
    stream: string,
    timeMs: number,
    layout: StateLayout,
    shares: readonly StateShare[],
    isChained: boolean,
  ): ReadonlyMap<string, string> {
    const states = this.statesOf(stream)
    if (timeMs <= states.restoredMs) return new Map()
    states.isChained = isChained
    states.layouts.set(timeMs, layout)
    let isNew = false
    for (const share of shares) {
      const chain = states.chains.get(share.partition) ?? []
      states.chains.set(share.partition, chain)
      const link = linkOf(timeMs, share, chain)
      if (share.whole !== undefined) states.growing.drop(share.partition)
      if (link === undefined) states.broken.add(share.partition)
      else states.broken.delete(share.partition)
      const at = chain.findIndex((each) => each.timeMs >= timeMs)
      const known = at < 0 ? undefined : chain[at]
      if (link === undefined || (known?.timeMs === timeMs && known.id === link.id && link.whole === undefined)) continue
      isNew = true
      // What goes on from another state of this batch is no more: it is told again.
      if (known === undefined) chain.push(link)
      else if (known.timeMs === timeMs && known.id === link.id) chain.splice(at, 1, { ...link, since: known.since })
      else {
        chain.splice(at, chain.length - at, link)
        states.isCut = true
      }
    }
    return isNew ? this.print(stream, timeMs) : new Map()
  }

  /** Whether every partition of a state is there. */
  isWhole(stream: string, timeMs: number): boolean {
    const states = this.streams.get(stream)
    const partitions = states?.layouts.get(timeMs)?.partitions
    if (states === undefined || partitions === undefined) return false
    for (let partition = 0; partition < partitions; partition++) {
      const link = findLink(states.chains.get(partition) ?? [], timeMs)
      if (link === undefined || !hasWhole(link)) return false
    }
    return true
  }

  /** What executors need to make a state again, by partition; undefined when something is missing. */
  payloads(stream: string, timeMs: number): readonly SavedPartition[] | undefined {
    const states = this.streams.get(stream)
    const layout = states?.layouts.get(timeMs)
    if (states === undefined || layout === undefined) return undefined
    const payloads: SavedPartition[] = []
    for (let partition = 0; partition < layout.partitions; partition++) {
      const link = findLink(states.chains.get(partition) ?? [], timeMs)
      const payload = link === undefined ? undefined : payloadOf(link)
      if (payload === undefined) return undefined
      payloads.push(payload)
    }
    return payloads
  }

  /** What of a stream had best be told whole with the RDD of this batch, which is the newest. */
  wanted(stream: string, rdd: RddId, timeMs: number): readonly WholeOrder[] {
    const { growing, chains, broken } = this.statesOf(stream)
    return growing.wanted({ rdd, timeMs }, chains, broken, this.pace)
  }

  /** Takes up a piece of a state that was taken up before. Gives the entry to store; none where it is not one that is waited for. */
  takePiece(piece: PieceReport): ReadonlyMap<string, string> {
    for (const { growing, chains, layouts } of this.streams.values()) {
      const taken = growing.take(piece, chains.get(piece.partition) ?? [])
      const layout = taken === undefined ? undefined : layouts.get(taken.timeMs)
      if (taken === undefined || layout === undefined) continue
      this.entries.add(taken.key)
      return new Map([[taken.key, printStateEntry({ ...layout, parts: [taken.part] })]])
    }
    return new Map()
  }

  /** The lineage of a state was cut: it stays named until it is released. */
  hold(stream: string, timeMs: number): void {
    this.statesOf(stream).held.add(timeMs)
  }

  release(stream: string, timeMs: number): void {
    this.streams.get(stream)?.held.delete(timeMs)
  }

  /** What metadata names: [stream key, batch time]. */
  names(): readonly (readonly [string, number])[] {
    return [...this.streams].flatMap(([stream, states]) =>
      this.namedOf(stream, states).map((timeMs) => [stream, timeMs] as const),
    )
  }

  /** Forgets what no name needs. Gives the entries that may be removed once no metadata needs them. */
  prune(): readonly string[] {
    for (const [stream, states] of this.streams) {
      const [oldestMs = Number.POSITIVE_INFINITY] = this.namedOf(stream, states)
      for (const [partition, chain] of states.chains) {
        const left = states.isChained ? neededSince(chain, oldestMs) : chain.filter((link) => link.timeMs >= oldestMs)
        if (left.length === chain.length) continue
        states.chains.set(partition, [...left])
        states.isCut = true
      }
    }
    // Most batches only add to what is needed.
    const cut = [...this.streams.values()].filter(({ isCut, growing }) => growing.takeLeft() || isCut)
    if (cut.length === 0) return []
    for (const states of cut) {
      const times = new Set([...states.chains.values()].flatMap((chain) => chain.map((link) => link.timeMs)))
      for (const timeMs of states.layouts.keys()) if (!times.has(timeMs)) states.layouts.delete(timeMs)
      states.isCut = false
    }
    return this.obsolete()
  }

  /** Goes on with the states that a store holds. */
  restore(
    stream: string,
    restored: {
      readonly chains: ReadonlyMap<number, readonly Link[]>
      readonly layouts: ReadonlyMap<number, StateLayout>
      readonly isChained: boolean
    },
  ): void {
    this.streams.set(stream, {
      layouts: new Map(restored.layouts),
      chains: new Map([...restored.chains].map(([partition, chain]) => [partition, [...chain]])),
      held: new Set(),
      broken: new Set(),
      growing: new WholesInPieces(stream),
      isChained: restored.isChained,
      isCut: true,
      restoredMs: Math.max(...restored.layouts.keys()),
    })
    const { layouts, chains } = this.statesOf(stream)
    for (const timeMs of layouts.keys()) for (const [key] of this.print(stream, timeMs)) this.entries.add(key)
    for (const chain of chains.values()) for (const key of chain.flatMap(piecesOf)) this.entries.add(key)
  }

  knows(stream: string): boolean {
    return this.streams.has(stream)
  }

  /** Whether an entry keeps something that is needed. */
  keeps(key: string): boolean {
    return this.entries.has(key)
  }

  private statesOf(stream: string): StreamStates {
    const known = this.streams.get(stream)
    if (known !== undefined) return known
    const fresh: StreamStates = {
      layouts: new Map(),
      chains: new Map(),
      held: new Set(),
      broken: new Set(),
      growing: new WholesInPieces(stream),
      isChained: true,
      isCut: false,
      restoredMs: Number.NEGATIVE_INFINITY,
    }
    this.streams.set(stream, fresh)
    return fresh
  }

  private namedOf(stream: string, { held, layouts, isChained }: StreamStates): readonly number[] {
    const named = new Set([...held].filter((timeMs) => this.isWhole(stream, timeMs)))
    const times = isChained ? [...layouts.keys()].sort((a, b) => b - a) : []
    let left = NEWEST
    for (const timeMs of times) {
      if (left === 0) break
      if (!this.isWhole(stream, timeMs)) continue
      named.add(timeMs)
      left -= 1
    }
    return [...named].sort((a, b) => a - b)
  }

  private print(stream: string, timeMs: number): ReadonlyMap<string, string> {
    const { layouts, chains, isChained } = this.statesOf(stream)
    const layout = layouts.get(timeMs)
    invariant(layout !== undefined, 'a state that is told has a layout')
    const put = new Map<string, string>()
    for (const [of, key] of [
      ['edit', editKey(stream, timeMs)] as const,
      ['whole', wholeKey(stream, timeMs)] as const,
    ]) {
      const parts = [...chains].flatMap(([partition, chain]) => {
        const link = findLink(chain, timeMs)
        return link === undefined ? [] : (partOf(partition, link, of) ?? [])
      })
      // An edit that the store may still have of this batch is replaced even where a whole stands for it now.
      if (parts.length > 0 || (of === 'edit' && isChained)) put.set(key, printStateEntry({ ...layout, parts }))
    }
    for (const key of put.keys()) this.entries.add(key)
    return put
  }

  private obsolete(): readonly string[] {
    const needed = new Set<string>()
    for (const [stream, { chains, isChained, growing }] of this.streams) {
      for (const key of growing.entries()) needed.add(key)
      for (const chain of chains.values()) {
        for (const link of chain) {
          const pieces = piecesOf(link)
          for (const key of pieces) needed.add(key)
          if (link.whole !== undefined && pieces.length === 0) needed.add(wholeKey(stream, link.timeMs))
          // Also an empty one, which stands in the place of an older.
          if (isChained) needed.add(editKey(stream, link.timeMs))
        }
      }
    }
    const gone = [...this.entries].filter((key) => !needed.has(key))
    for (const key of gone) this.entries.delete(key)
    return gone
  }
}

const piecesOf = ({ whole }: Link): readonly string[] => whole?.pieces?.entries ?? []

function linkOf(timeMs: number, share: StateShare, chain: readonly Link[]): Link | undefined {
  const { edit, whole, mapped, keys } = share
  const since = edit === undefined ? undefined : findLink(chain, edit.sinceMs)
  const base = { timeMs, keys, whole: whole === undefined ? undefined : { texts: [whole] }, mapped }
  if (edit !== undefined && since !== undefined)
    return { ...base, id: idOfEdit(since.id, edit.text), since, edit: edit.text }
  return whole === undefined ? undefined : { ...base, id: idOfWhole(whole), since: undefined, edit: undefined }
}
