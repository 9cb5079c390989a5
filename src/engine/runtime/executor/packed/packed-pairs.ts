import { packColumn, type PairColumns as TravellingColumns } from '#engine/record/columns.ts'
import { partitionOfHash } from '#engine/record/hash.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { TableKeys } from './table-keys.ts'

/** What a packed loop gives of a block that it sums up by key: pairs by column, of distinct keys as they first came. Nobody looks at the text of a key as
 *  long as no pairs are asked for. */
export class PackedPairs {
  readonly keys: TableKeys
  readonly ids: Int32Array
  readonly values: Float64Array<ArrayBuffer>
  private made: Records | undefined

  constructor(keys: TableKeys, ids: Int32Array, values: Float64Array<ArrayBuffer>) {
    this.keys = keys
    this.ids = ids
    this.values = values
  }

  get length(): number {
    return this.ids.length
  }

  /** As records. */
  pairs(): Records {
    this.made ??= this.keyList().map((key, place) => [key, this.values[place]])
    return this.made
  }

  /** As they travel: what packPairs makes of the records. */
  columns(): TravellingColumns {
    return { keys: packColumn(this.keyList()), values: { kind: 'numbers', values: this.values.slice() } }
  }

  /** By the partitions of their keys, of so many. */
  byPartition(partitions: number): readonly PackedPairs[] {
    if (partitions === 1) return [this]
    const { keys, ids, values } = this
    const { hashesById } = keys
    const targets = new Int32Array(ids.length)
    const counts = new Int32Array(partitions)
    for (let place = 0; place < ids.length; place++) {
      const target = partitionOfHash(hashesById[ids[place] ?? 0] ?? 0, partitions)
      targets[place] = target
      counts[target] = (counts[target] ?? 0) + 1
    }
    const parts = Array.from(counts, (count) => new PackedPairs(keys, new Int32Array(count), new Float64Array(count)))
    counts.fill(0)
    for (let place = 0; place < ids.length; place++) {
      const target = targets[place] ?? 0
      const part = parts[target]
      const at = counts[target] ?? 0
      counts[target] = at + 1
      if (part === undefined) continue
      part.ids[at] = ids[place] ?? 0
      part.values[at] = values[place] ?? 0
    }
    return parts
  }

  private keyList(): unknown[] {
    const { list } = this.keys
    // Grown by push: see record/columns.ts.
    const found: unknown[] = []
    for (let place = 0; place < this.ids.length; place++) found.push(list[this.ids[place] ?? 0])
    return found
  }
}

/** What one map side gives. */
export type MapSide = Records | PackedPairs

export function pairsOf(side: MapSide): Records {
  return side instanceof PackedPairs ? side.pairs() : side
}
