import type { StateLayout } from './saved-states.ts'
import type { Whole } from './state-chain.ts'
import type { StateEntry, StoredPiece } from './state-entry.ts'
import { pieceKey } from './wholes-in-pieces.ts'

/** What the pieces of a state come to. */
export interface WholeOfPieces {
  readonly id: string
  readonly keys: number
  readonly whole: Whole
}

interface Found {
  readonly entry: string
  readonly id: string
  readonly keys: number
  readonly piece: StoredPiece
}

/** Pieces of a stream's wholes as they are read from a store. Only where all pieces of a state are there, and are of that state, they are a whole. */
export class StoredPieces {
  private readonly stream: string
  /** By batch time and partition. */
  private readonly found = new Map<number, Map<number, Found[]>>()
  private readonly layouts = new Map<number, StateLayout>()

  constructor(stream: string) {
    this.stream = stream
  }

  /** Takes up an entry; one that is not named after what it holds is left out. */
  add(entry: string, timeMs: number, { partitions, partitioner, parts: [part] }: StateEntry): void {
    if (part?.piece === undefined) return
    const { partition, id, keys, piece } = part
    if (entry !== pieceKey(this.stream, timeMs, partition, piece.from)) return
    const byPartition = this.found.get(timeMs) ?? new Map<number, Found[]>()
    this.found.set(timeMs, byPartition)
    const found = byPartition.get(partition) ?? []
    byPartition.set(partition, found)
    found.push({ entry, id, keys, piece })
    this.layouts.set(timeMs, { partitions, partitioner })
  }

  times(): Iterable<number> {
    return this.found.keys()
  }

  layoutAt(timeMs: number): StateLayout | undefined {
    return this.layouts.get(timeMs)
  }

  partitionsAt(timeMs: number): Iterable<number> {
    return this.found.get(timeMs)?.keys() ?? []
  }

  /** The whole of a partition after a batch, if all of it is there. `id`: of the state, where that is known otherwise. */
  wholeAt(timeMs: number, partition: number, id: string | undefined): WholeOfPieces | undefined {
    const all = (this.found.get(timeMs)?.get(partition) ?? []).filter((each) => id === undefined || each.id === id)
    const [first] = all.sort((a, b) => a.piece.from - b.piece.from)
    if (first === undefined) return undefined
    let end = 0
    let fromMs = timeMs
    for (const { id: own, piece } of all) {
      if (own !== first.id || piece.from !== end || piece.to < piece.from || piece.of !== first.piece.of)
        return undefined
      end = piece.to
      fromMs = Math.max(fromMs, piece.fromMs)
    }
    if (end !== first.piece.of) return undefined
    const { keys } = first
    const whole = {
      texts: all.map(({ piece }) => piece.text),
      pieces: { entries: all.map(({ entry }) => entry), fromMs },
    }
    return { id: first.id, keys, whole }
  }
}
