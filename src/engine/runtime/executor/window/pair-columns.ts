import { isPlainKey, type KeyIndex } from '#engine/record/key-index.ts'
import { isPair } from '#engine/runtime/executor/compute/kernel.ts'
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'
import { KeyOrder } from './key-order.ts'

/** The records of one partition, as in rdds/rdd.ts. */
type Records = readonly unknown[]

/** Values in an array, of numbers where all are. */
export type Values = Float64Array | readonly unknown[]

/** The pairs of one partition by column: a partition as it may be kept in place of its records, by windows and what they are made of.
 *  Never changed once made, as records are not. Whoever needs pairs, to send them elsewhere too, takes `pairs()`: they say all that the columns
 *  say, and `columnsOf` makes such columns again. */
export class PairColumns {
  readonly order: KeyOrder
  readonly values: Values
  /** A value stands at the id of its key, not at its place in the order. */
  readonly isById: boolean
  private made: Records | undefined

  constructor(order: KeyOrder, values: Values, isById = false) {
    this.order = order
    this.values = values
    this.isById = isById
  }

  get length(): number {
    return this.order.ids.length
  }

  /** The value in this place of the order. */
  valueAt(place: number): unknown {
    return this.values[this.isById ? (this.order.ids[place] ?? 0) : place]
  }

  pairAt(place: number): readonly [unknown, unknown] {
    return [this.order.index.keyOf(this.order.ids[place] ?? 0), this.valueAt(place)]
  }

  /** As that of an array of the pairs. */
  slice(from: number, to = this.length): unknown[] {
    const pairs: unknown[] = []
    for (let place = from; place < Math.min(to, this.length); place++) pairs.push(this.pairAt(place))
    return pairs
  }

  /** All of them; kept, as several jobs may want them, until `release`. */
  pairs(): Records {
    this.made ??= this.slice(0, this.length)
    return this.made
  }

  /** Says that hardly anybody will want the pairs again. */
  release(): void {
    this.made = undefined
  }

  /** The same pairs with the ids of another index. */
  in(index: KeyIndex): PairColumns {
    if (this.order.index === index) return this
    return new PairColumns(this.order.in(index), this.isById ? placed(this) : this.values)
  }
}

/** A partition that is kept. */
export type Held = Records | PairColumns | StateColumns

/** What is held as records. */
export function recordsOf(held: Held): Records {
  return held instanceof PairColumns || held instanceof StateColumns ? held.pairs() : held
}

/** Columns of records, where these are pairs with distinct plain keys: any other key may be one of several that are equal and not the same. */
export function columnsOf(records: Records, index: KeyIndex): PairColumns | undefined {
  const ids = idsOf(records, index)
  if (ids === undefined || new Set(ids).size < ids.length) return undefined
  const values = records.map((pair) => (pair as readonly [unknown, unknown])[1]) // idsOf has looked
  return new PairColumns(new KeyOrder(index, ids), packed(values))
}

/** The ids of the records' keys, where all records are pairs with plain keys. */
export function idsOf(records: Records, index: KeyIndex): Int32Array | undefined {
  const keys: unknown[] = []
  for (const pair of records) {
    if (!isPair(pair) || !isPlainKey(pair[0])) return undefined
    keys.push(pair[0])
  }
  return index.idsOf(keys)
}

/** As numbers, where all are. */
export function packed(values: readonly unknown[]): Values {
  return values.every((value) => typeof value === 'number') ? Float64Array.from(values) : values
}

function placed({ order: { ids }, values }: PairColumns): Values {
  if (values instanceof Float64Array) {
    const found = new Float64Array(ids.length)
    for (let place = 0; place < ids.length; place++) found[place] = values[ids[place] ?? 0] ?? 0
    return found
  }
  return Array.from(ids, (id) => values[id])
}
