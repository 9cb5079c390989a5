import type { StreamId, StreamKind } from '#engine/operator/stream-spec.ts'
import { RecordError } from '#engine/record/record-error.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { type Held, recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { PieceReport, WholeOrder } from '#engine/runtime/wire.ts'
import { printPairs } from './saved-partition.ts'
import { printSomeStates, type StateRecord } from './state-record.ts'

/** A partition's state as it was after a batch. */
interface Frozen {
  readonly rdd: RddId
  readonly partition: number
  readonly stream: StreamId
  /** Keys, and holes where some were. */
  readonly places: number
  print(from: number, to: number): string
}

/** States that are told piece by piece while others come after them.
 *  Keeps: of updateStateByKey and windows the pairs, most of which the newest state has too; of mapWithState two references and eight bytes a key */
export class FrozenPartitions {
  /** Of each partition of a stream one at a time. */
  private readonly frozen = new Set<Frozen>()

  /** The piece that is asked for; undefined where none is, or the state is not here. `rdd`: as it is known here. */
  tell({ rdd: id, partition, piece }: WholeOrder, rdd: Rdd | undefined): PieceReport | undefined {
    if (piece === undefined) return undefined
    const { from, chars } = piece
    if (from === 0 && rdd !== undefined) this.freeze(rdd, partition)
    const frozen = [...this.frozen].find((each) => each.rdd === id && each.partition === partition)
    if (frozen === undefined || from > frozen.places) return undefined
    try {
      const { to, text } = printRuns(frozen, from, chars)
      if (to === frozen.places) this.frozen.delete(frozen)
      return { rdd: id, partition, from, to, of: frozen.places, text }
    } catch (thrown) {
      // Changed in its place into something that is no record. The batch that did it says so.
      if (!(thrown instanceof RecordError)) throw thrown
      this.frozen.delete(frozen)
      return undefined
    }
  }

  clear(): void {
    this.frozen.clear()
  }

  private freeze(rdd: Rdd, partition: number): void {
    const held = rdd.kept?.has(partition) === true ? rdd.kept.look(partition) : undefined
    if (held === undefined) return
    const { id, stream } = rdd.spec
    for (const each of this.frozen) if (each.stream === stream && each.partition === partition) this.frozen.delete(each)
    this.frozen.add({ rdd: id, partition, stream, ...placesOf(rdd.stream.spec.kind, held) })
  }
}

function placesOf(kind: StreamKind, held: Held): Pick<Frozen, 'places' | 'print'> {
  if (kind === 'mapWithState') {
    const { states } = recordsOf(held)[0] as StateRecord // the only record of a partition of this kind
    const { slots, entries } = states.freeze()
    return { places: slots, print: (from, to) => printSomeStates(entries(from, to)) }
  }
  // Pairs are never changed once made.
  return { places: held.length, print: (from, to) => printPairs(held.slice(from, to)) }
}

/** Places that are printed in one go: so many, or fewer where a piece is to be small. */
const MOST_PLACES = 512
/** Characters that a place is expected to take at most. */
const USUAL_CHARS = 64

/** Runs of places, a line for each, until there are as many characters as are wanted. */
function printRuns(
  { places, print }: Frozen,
  from: number,
  chars: number,
): { readonly to: number; readonly text: string } {
  const step = Math.min(MOST_PLACES, Math.max(1, Math.floor(chars / USUAL_CHARS)))
  const lines: string[] = []
  let length = 0
  let to = from
  while (to < places && length < chars) {
    const end = Math.min(places, to + step)
    const line = print(to, end)
    lines.push(line)
    length += line.length + 1
    to = end
  }
  return { to, text: lines.join('\n') }
}
