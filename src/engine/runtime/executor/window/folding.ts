import type { NumberedKeys } from '#engine/record/key-index.ts'
import { Keyed } from '#engine/record/keyed.ts'
import { packed, type Values } from './pair-columns.ts'

/** Combines a key's value so far with the next one. */
export type Reduce = (combined: unknown, value: unknown, key: unknown) => unknown

/** Distinct keys by id and a value each, in some order. */
export interface Folded {
  readonly ids: Int32Array
  readonly values: Values
}

/** Values reduced by key, as they come. */
export class Folding {
  private readonly index: NumberedKeys
  private readonly reduce: Reduce
  /** What has been taken, as long as it is one list only. */
  private only: Folded | undefined
  private ids: number[] = []
  private values: unknown[] = []
  /** Where a key stands, plus 1, by id. */
  private places = new Int32Array(0)

  constructor(index: NumberedKeys, reduce: Reduce) {
    this.index = index
    this.reduce = reduce
  }

  /** `areDistinct`: no key comes twice in them. */
  take(list: Folded, areDistinct = true): void {
    if (areDistinct && this.only === undefined && this.ids.length === 0) {
      this.only = list
      return
    }
    const { only } = this
    this.only = undefined
    if (only !== undefined) this.add(only)
    this.add(list)
  }

  /** What has been taken, in order of first arrival. */
  folded(): Folded {
    return this.only ?? { ids: Int32Array.from(this.ids), values: packed(this.values) }
  }

  /** The same as cells. */
  keyed(): Keyed<unknown> {
    const { ids, values } = this.folded()
    const cells = new Keyed<unknown>()
    ids.forEach((id, place) => {
      cells.at(this.index.keyOf(id), () => values[place])
    })
    return cells
  }

  private add({ ids, values }: Folded): void {
    const { index, reduce, values: combined } = this
    if (this.places.length < index.capacity) {
      const places = new Int32Array(index.capacity)
      places.set(this.places)
      this.places = places
    }
    const { places } = this
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const at = places[id] ?? 0
      if (at === 0) {
        this.ids.push(id)
        places[id] = combined.push(values[place])
      } else combined[at - 1] = reduce(combined[at - 1], values[place], index.keyOf(id))
    }
  }
}

/** Sums by key; undefined where a value is no number. */
export function sumsOf(lists: readonly Folded[], index: NumberedKeys): Folded | undefined {
  const sums = new Float64Array(index.capacity)
  const isThere = new Uint8Array(index.capacity)
  const keys = new Int32Array(index.capacity)
  let count = 0
  for (const { ids, values } of lists) {
    if (!(values instanceof Float64Array)) return undefined
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const value = values[place] ?? 0
      if (isThere[id] === 0) {
        isThere[id] = 1
        keys[count++] = id
        sums[id] = value
      } else sums[id] = (sums[id] ?? 0) + value
    }
  }
  const ids = keys.slice(0, count)
  const values = new Float64Array(count)
  for (let place = 0; place < count; place++) values[place] = sums[ids[place] ?? 0] ?? 0
  return { ids, values }
}
