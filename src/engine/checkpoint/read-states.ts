import type { SavedPartition } from '#engine/runtime/wire.ts'
import { editKey, type StateLayout, wholeKey } from './saved-states.ts'
import { type Link, payloadOf } from './state-chain.ts'
import { parseStateEntry, type StateEntry, type StoredPart } from './state-entry.ts'

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
  for (const stream of new Set(names.map(([name]) => name))) {
    const index = new StreamIndex(stream, entries, damaged)
    const named = names.filter(([name]) => name === stream).map(([, timeMs]) => timeMs)
    const newestMs = Math.max(...named)
    const usable = named.flatMap((timeMs) => index.stateAt(timeMs) ?? [])
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

/** The entries of one stream. */
class StreamIndex {
  private readonly stream: string
  private readonly edits = new Map<number, StateEntry>()
  private readonly wholes = new Map<number, StateEntry>()
  private readonly links = new Map<string, Link | undefined>()

  constructor(stream: string, entries: ReadonlyMap<string, string>, damaged: string[]) {
    this.stream = stream
    for (const [prefix, found] of [
      [editKey(stream, 0).slice(0, -1), this.edits] as const,
      [wholeKey(stream, 0).slice(0, -1), this.wholes] as const,
    ]) {
      for (const [key, text] of entries) {
        const time = key.startsWith(prefix) ? key.slice(prefix.length) : ''
        if (!/^-?\d+(\.\d+)?$/.test(time)) continue
        const entry = parseStateEntry(text)
        if (entry.ok) found.set(Number(time), entry.value)
        else damaged.push(key)
      }
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

  chainsUpTo(timeMs: number): StoredChains {
    const chains = new Map<number, Link[]>()
    const layouts = new Map<number, StateLayout>()
    for (const each of this.times().filter((other) => other <= timeMs)) {
      const layout = this.layoutAt(each)
      if (layout === undefined) continue
      layouts.set(each, layout)
      for (let partition = 0; partition < layout.partitions; partition++) {
        const link = this.linkAt(each, partition)
        if (link === undefined) continue
        const chain = chains.get(partition) ?? []
        chains.set(partition, chain)
        chain.push(link)
      }
    }
    return { chains, layouts }
  }

  private times(): readonly number[] {
    return [...new Set([...this.edits.keys(), ...this.wholes.keys()])].sort((a, b) => a - b)
  }

  private layoutAt(timeMs: number): StateLayout | undefined {
    const entry = this.edits.get(timeMs) ?? this.wholes.get(timeMs)
    return entry === undefined ? undefined : { partitions: entry.partitions, partitioner: entry.partitioner }
  }

  /** A partition's state, if there is a whole to make it from. Times only ever go back, so that this ends. */
  private linkAt(timeMs: number, partition: number): Link | undefined {
    const place = `${timeMs}/${partition}`
    if (this.links.has(place)) return this.links.get(place)
    const link = this.makeLink(timeMs, partition)
    this.links.set(place, link)
    return link
  }

  private makeLink(timeMs: number, partition: number): Link | undefined {
    const of = (entry: StateEntry | undefined): StoredPart | undefined =>
      entry?.parts.find((part) => part.partition === partition)
    const edited = of(this.edits.get(timeMs))
    const stored = of(this.wholes.get(timeMs))
    // A whole beside an edit is that of the same state, or of one that was replaced.
    const whole = edited === undefined || edited.id === stored?.id ? stored : undefined
    const edit = edited?.edit
    const before = edit === undefined || edit.sinceMs >= timeMs ? undefined : this.linkAt(edit.sinceMs, partition)
    const since = before?.id === edit?.sinceId ? before : undefined
    const part = edited ?? whole
    if (part === undefined || (since === undefined && whole === undefined)) return undefined
    return {
      timeMs,
      id: part.id,
      keys: part.keys,
      since,
      edit: since === undefined ? undefined : edit?.text,
      whole: whole?.whole,
      mapped: edited?.mapped ?? whole?.mapped,
    }
  }
}
