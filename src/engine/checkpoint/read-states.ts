import type { SavedPartition } from '#engine/runtime/wire.ts'
import { MOST_EDITS_READ } from './pace.ts'
import { editKey, type StateLayout, wholeKey } from './saved-states.ts'
import { type Link, payloadOf, type Whole } from './state-chain.ts'
import { parseStateEntry, type StateEntry, type StoredPart } from './state-entry.ts'
import { StoredPieces } from './stored-pieces.ts'

/** The state of a stream after one batch, as it can be put back. */
export interface StoredState {
  /** Its key, see stream-keys.ts. */
  readonly stream: string
  readonly timeMs: number
  readonly partitions: readonly SavedPartition[]
  readonly partitioner: number | undefined
  readonly keys: number
  /** What mapWithState emitted in the batch is there too. */
  readonly hasMapped: boolean
}

/** A stream whose newest state cannot be made again from what is left. */
export interface LostState {
  readonly stream: string
  readonly timeMs: number
  /** The state before it from which the run goes on; undefined: from the beginning. */
  readonly fromMs: number | undefined
}

/** All that is left of a stream's states, for going on with them. */
export interface StoredChains {
  /** By partition, in order of time. */
  readonly chains: ReadonlyMap<number, readonly Link[]>
  readonly layouts: ReadonlyMap<number, StateLayout>
}

export interface StoredStates {
  /** By stream, oldest first. */
  readonly states: readonly StoredState[]
  readonly lost: readonly LostState[]
  readonly chains: ReadonlyMap<string, StoredChains>
  /** Entries that were there and are of no use. */
  readonly damaged: readonly string[]
}

/** Makes the named states from the entries that could be opened. A damaged whole is passed by, where the edits lead to the one before it; a damaged edit leaves
 *  the newest state before it. */
export function readStates(
  entries: ReadonlyMap<string, string>,
  names: readonly (readonly [stream: string, timeMs: number])[],
): StoredStates {
  const damaged: string[] = []
  const states: StoredState[] = []
  const lost: LostState[] = []
  const chains = new Map<string, StoredChains>()
  const keys = keysByStream(entries.keys())
  const times = new Map<string, Set<number>>()
  for (const [stream, timeMs] of names) times.set(stream, (times.get(stream) ?? new Set()).add(timeMs))
  for (const [stream, named] of times) {
    const index = new StreamIndex(stream, keys.get(stream) ?? [], entries, damaged)
    const newestMs = [...named].reduce((newest, timeMs) => Math.max(newest, timeMs))
    const usable = [...named].flatMap((timeMs) => index.stateAt(timeMs) ?? [])
    if (!usable.some(({ timeMs }) => timeMs === newestMs)) {
      const fallback = index.newestUpTo(newestMs)
      if (fallback !== undefined && !usable.some(({ timeMs }) => timeMs === fallback.timeMs)) usable.push(fallback)
      lost.push({ stream, timeMs: newestMs, fromMs: fallback?.timeMs })
    }
    usable.sort((a, b) => a.timeMs - b.timeMs)
    states.push(...usable)
    const goesOnMs = usable.at(-1)?.timeMs
    if (goesOnMs !== undefined) chains.set(stream, index.chainsUpTo(goesOnMs))
  }
  return { states, lost, chains, damaged }
}

/** A name of an entry that holds states, in its parts: of pieces, partition and place stand last. */
const stateKey = /^(?:(?:state|snapshot)\/(.*)\/(-?\d+(?:\.\d+)?)|piece\/(.*)\/(-?\d+(?:\.\d+)?)\/\d+\/\d+)$/s

function nameOf(key: string): { readonly stream: string; readonly timeMs: number } | undefined {
  const [, stream, timeMs, ofPiece, pieceMs] = stateKey.exec(key) ?? []
  const name = stream ?? ofPiece
  return name === undefined ? undefined : { stream: name, timeMs: Number(timeMs ?? pieceMs) }
}

/** In one go: there may be many streams, and many entries. */
function keysByStream(keys: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const key of keys) {
    const stream = nameOf(key)?.stream
    if (stream === undefined) continue
    const known = found.get(stream)
    if (known === undefined) found.set(stream, [key])
    else known.push(key)
  }
  return found
}

/** An entry whose parts can be found. */
interface IndexedEntry extends StateLayout {
  readonly parts: ReadonlyMap<number, StoredPart>
}

/** The entries of one stream. */
class StreamIndex {
  private readonly stream: string
  private readonly edits = new Map<number, IndexedEntry>()
  private readonly wholes = new Map<number, IndexedEntry>()
  private readonly pieces: StoredPieces
  private readonly links = new Map<string, Link | undefined>()
  private readonly distances = new Map<Link, Distance>()

  constructor(stream: string, keys: readonly string[], entries: ReadonlyMap<string, string>, damaged: string[]) {
    this.stream = stream
    this.pieces = new StoredPieces(stream)
    for (const key of keys) {
      const timeMs = nameOf(key)?.timeMs ?? Number.NaN
      const entry = parseStateEntry(entries.get(key) ?? '')
      if (!entry.ok) damaged.push(key)
      else if (key === editKey(stream, timeMs)) this.edits.set(timeMs, indexed(entry.value))
      else if (key === wholeKey(stream, timeMs)) this.wholes.set(timeMs, indexed(entry.value))
      else this.pieces.add(key, timeMs, entry.value)
    }
  }

  stateAt(timeMs: number): StoredState | undefined {
    const layout = this.layoutAt(timeMs)
    if (layout === undefined) return undefined
    const partitions: SavedPartition[] = []
    let keys = 0
    for (let partition = 0; partition < layout.partitions; partition++) {
      const link = this.linkAt(timeMs, partition)
      const payload = link === undefined ? undefined : payloadOf(link)
      if (link === undefined || payload === undefined) return undefined
      partitions.push(payload)
      keys += link.keys
    }
    const hasMapped = partitions.every(({ mapped }) => mapped !== undefined)
    return { stream: this.stream, timeMs, partitions, partitioner: layout.partitioner, keys, hasMapped }
  }

  newestUpTo(timeMs: number): StoredState | undefined {
    for (const each of this.times()
      .filter((other) => other <= timeMs)
      .reverse()) {
      const state = this.stateAt(each)
      if (state !== undefined) return state
    }
    return undefined
  }

  /** A whole that counts only for batches after this one is none for those that run now: what its pieces show of them may be other this time. */
  chainsUpTo(timeMs: number): StoredChains {
    const chains = new Map<number, Link[]>()
    const layouts = new Map<number, StateLayout>()
    for (const each of this.times().filter((other) => other <= timeMs)) {
      const layout = this.layoutAt(each)
      if (layout === undefined) continue
      layouts.set(each, layout)
      for (const partition of this.partitionsAt(each)) {
        const link = this.linkAt(each, partition)
        if (link === undefined) continue
        if ((link.whole?.pieces?.fromMs ?? timeMs) > timeMs) link.whole = undefined
        const chain = chains.get(partition) ?? []
        chains.set(partition, chain)
        chain.push(link)
      }
    }
    return { chains, layouts }
  }

  private times(): readonly number[] {
    return [...new Set([...this.edits.keys(), ...this.wholes.keys(), ...this.pieces.times()])].sort((a, b) => a - b)
  }

  private partitionsAt(timeMs: number): Iterable<number> {
    return new Set([
      ...(this.edits.get(timeMs)?.parts.keys() ?? []),
      ...(this.wholes.get(timeMs)?.parts.keys() ?? []),
      ...this.pieces.partitionsAt(timeMs),
    ])
  }

  private layoutAt(timeMs: number): StateLayout | undefined {
    const entry = this.edits.get(timeMs) ?? this.wholes.get(timeMs) ?? this.pieces.layoutAt(timeMs)
    return entry === undefined ? undefined : { partitions: entry.partitions, partitioner: entry.partitioner }
  }

  /** A partition's state, if there is a whole to make it from. Times only ever go back, so that this ends. */
  private linkAt(timeMs: number, partition: number): Link | undefined {
    const place = (atMs: number): string => `${atMs}/${partition}`
    const open: number[] = []
    for (let atMs: number | undefined = timeMs; atMs !== undefined && !this.links.has(place(atMs)); ) {
      open.push(atMs)
      atMs = this.sinceOf(atMs, partition)
    }
    for (const atMs of open.reverse()) this.links.set(place(atMs), this.makeLink(atMs, partition))
    return this.links.get(place(timeMs))
  }

  /** The batch whose state an edit goes on from. */
  private sinceOf(timeMs: number, partition: number): number | undefined {
    const sinceMs = this.edits.get(timeMs)?.parts.get(partition)?.edit?.sinceMs
    return sinceMs === undefined || sinceMs >= timeMs ? undefined : sinceMs
  }

  /** Once that is made which it goes on from. */
  private makeLink(timeMs: number, partition: number): Link | undefined {
    const edited = this.edits.get(timeMs)?.parts.get(partition)
    const stored = this.wholes.get(timeMs)?.parts.get(partition)
    // A whole beside an edit is that of the same state, or of one that was replaced.
    const once = edited === undefined || edited.id === stored?.id ? stored : undefined
    const inPieces = once?.whole === undefined ? this.pieces.wholeAt(timeMs, partition, edited?.id) : undefined
    const whole = once?.whole === undefined ? inPieces?.whole : { texts: [once.whole] }
    const edit = edited?.edit
    const sinceMs = this.sinceOf(timeMs, partition)
    const before = sinceMs === undefined ? undefined : this.links.get(`${sinceMs}/${partition}`)
    const distance = distanceAt(timeMs, whole, before === undefined ? undefined : this.distances.get(before))
    const since = before?.id === edit?.sinceId && distance.edits <= MOST_EDITS_READ ? before : undefined
    const part = edited ?? once ?? inPieces
    if (part === undefined || (since === undefined && whole === undefined)) return undefined
    const link = {
      timeMs,
      id: part.id,
      keys: part.keys,
      since,
      edit: since === undefined ? undefined : edit?.text,
      whole,
      mapped: edited?.mapped ?? once?.mapped,
    }
    this.distances.set(link, distance)
    return link
  }
}

/** How many edits lie between a state and the whole that it is made from, and a later whole that counts for nothing yet. */
interface Distance {
  readonly edits: number
  readonly later?: { readonly edits: number; readonly fromMs: number }
}

function distanceAt(timeMs: number, whole: Whole | undefined, before: Distance | undefined): Distance {
  if (whole !== undefined && whole.pieces === undefined) return { edits: 0 }
  const known = before?.later === undefined ? undefined : { ...before.later, edits: before.later.edits + 1 }
  const later = whole?.pieces === undefined ? known : { edits: 0, fromMs: whole.pieces.fromMs }
  if (later !== undefined && later.fromMs <= timeMs) return { edits: later.edits }
  return { edits: (before?.edits ?? 0) + 1, ...(later === undefined ? {} : { later }) }
}

function indexed({ partitions, partitioner, parts }: StateEntry): IndexedEntry {
  return { partitions, partitioner, parts: new Map(parts.map((part) => [part.partition, part])) }
}
