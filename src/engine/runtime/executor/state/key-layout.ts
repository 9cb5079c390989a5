import { hashKey } from '#engine/record/hash.ts'
import { murmur3OfInt } from '#engine/record/murmur3.ts'
import { slotOrderOfIds } from '#engine/runtime/executor/window/slot-order-of-ids.ts'

/** Places that hold another key than before, ascending, and where each of these keys stood, new ones behind all others. */
export interface Moves {
  readonly at: Int32Array
  readonly from: Int32Array
}

/** In which order the keys of a batch come: as they stand but for the moves. */
export interface NextLayout {
  readonly moves: Moves
  readonly layout: KeyLayout
}

/** How the order goes on where no key comes or goes: of many keys some change places with every batch, those that meet where Spark's table ends, or ended
 *  before it grew. After some batches that mostly begins anew. */
interface Course {
  /** The moves of the last batches, oldest first; where the order is known to recur, those of a round. */
  readonly past: readonly Moves[]
  /** Which of the round is next; undefined: not known to recur. */
  readonly next: number | undefined
}

/** Batches after which an order that recurs is known again. */
const MOST_ROUND = 12
/** More moves than these are not remembered. */
const MOST_MOVES = 64
const UNKNOWN: Course = { past: [], next: undefined }
const NO_MOVES: Moves = { at: new Int32Array(0), from: new Int32Array(0) }

/** Where the keys of a partition's pairs stand, for the batch after it. Partitions with the same keys in the same order share it.
 *  Keeps: four bytes a key; no dictionary, as each key is looked at once a batch anyway */
export class KeyLayout {
  /** What the slot order goes by, by place. */
  readonly spreads: Int32Array
  /** Where the key `null` stands, or -1. */
  readonly nullPlace: number
  private readonly course: Course

  constructor(spreads: Int32Array, nullPlace: number, course = UNKNOWN) {
    this.spreads = spreads
    this.nullPlace = nullPlace
    this.course = course
  }

  /** What becomes of the same keys in the next batch. */
  unchanged(): NextLayout {
    const { past, next } = this.course
    if (next === undefined) {
      const { moves, layout } = ordered(this.spreads, this.nullPlace, this.spreads.length)
      return { moves, layout: new KeyLayout(layout.spreads, layout.nullPlace, longer(past, moves)) }
    }
    const moves = past[next] ?? NO_MOVES
    if (moves.at.length === 0 && past.length === 1) return { moves, layout: this }
    const course = { past, next: (next + 1) % past.length }
    return { moves, layout: new KeyLayout(moved(this.spreads, moves), this.nullPlace, course) }
  }

  /** What becomes of the same keys and, after them, new ones. `nullAt`: which of the new ones is the key `null`, or -1. */
  withNew(spreads: Int32Array, nullAt: number): NextLayout {
    const all = new Int32Array(this.spreads.length + spreads.length)
    all.set(this.spreads)
    all.set(spreads, this.spreads.length)
    const { length } = this.spreads
    return ordered(all, nullAt < 0 ? this.nullPlace : length + nullAt, length)
  }

  /** Without the keys in these places, which ascend. */
  without(gone: readonly number[]): KeyLayout {
    const spreads = new Int32Array(this.spreads.length - gone.length)
    let from = 0
    let to = 0
    for (const place of [...gone, this.spreads.length]) {
      spreads.set(this.spreads.subarray(from, place), to)
      to += place - from
      from = place + 1
    }
    // The key `null` stands before all others.
    return new KeyLayout(spreads, gone[0] === this.nullPlace ? -1 : this.nullPlace)
  }
}

/** What a key's place among others goes by. */
export function spreadOf(key: unknown): number {
  return murmur3OfInt(hashKey(key))
}

/** The layout of distinct keys in the order of slots. */
export function layoutOf(keys: readonly unknown[]): KeyLayout {
  const spreads = new Int32Array(keys.length)
  for (let place = 0; place < keys.length; place++) spreads[place] = spreadOf(keys[place])
  return new KeyLayout(spreads, keys[0] === null ? 0 : -1)
}

/** `old`: how many of the keys are not new. */
function ordered(spreads: Int32Array, nullPlace: number, old: number): NextLayout {
  const places = new Int32Array(spreads.length)
  for (let place = 0; place < places.length; place++) places[place] = place
  const moves = movesOf(slotOrderOfIds(places, spreads, nullPlace), old)
  return { moves, layout: new KeyLayout(moved(spreads, moves), nullPlace < 0 ? -1 : 0) }
}

function movesOf(order: Int32Array, old: number): Moves {
  let count = 0
  for (let at = 0; at < order.length; at++) if (order[at] !== at || at >= old) count += 1
  const moves = { at: new Int32Array(count), from: new Int32Array(count) }
  count = 0
  for (let at = 0; at < order.length; at++) {
    if (order[at] === at && at < old) continue
    moves.at[count] = at
    moves.from[count] = order[at] ?? 0
    count += 1
  }
  return moves
}

function moved(before: Int32Array, { at, from }: Moves): Int32Array {
  const after = before.slice()
  for (let n = 0; n < at.length; n++) after[at[n] ?? 0] = before[from[n] ?? 0] ?? 0
  return after
}

/** The course with one batch more: if the order is now one that was there before, all that came after it will come again. */
function longer(past: readonly Moves[], moves: Moves): Course {
  if (moves.at.length > MOST_MOVES) return UNKNOWN
  const all = [...past.slice(1 - MOST_ROUND), moves]
  // Where the keys of these places were some batches ago, as far as it was elsewhere.
  let origins = new Map<number, number>()
  for (let first = all.length - 1; first >= 0; first--) {
    origins = before(origins, all[first] ?? NO_MOVES)
    if (origins.size === 0) return { past: all.slice(first), next: 0 }
  }
  return { past: all, next: undefined }
}

function before(origins: ReadonlyMap<number, number>, { at, from }: Moves): Map<number, number> {
  const steps = new Map<number, number>()
  at.forEach((place, n) => {
    steps.set(place, from[n] ?? place)
  })
  const earlier = new Map(origins)
  for (const place of steps.keys()) if (!earlier.has(place)) earlier.set(place, place)
  for (const [place, origin] of earlier) {
    const earliest = steps.get(origin) ?? origin
    if (earliest === place) earlier.delete(place)
    else earlier.set(place, earliest)
  }
  return earlier
}
