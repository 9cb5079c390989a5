import type { KeyIndex } from '#engine/record/key-index.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { columnsOf, type Held, PairColumns, recordsOf } from './pair-columns.ts'

/** A partition by column, with the ids of this index, where it can be; what is kept is then kept so. */
export function heldByColumn(rdd: Rdd, partition: number, index: KeyIndex | undefined, evaluation: Evaluation): Held {
  const held = evaluation.held(rdd, partition)
  if (index === undefined) return held
  const columns = held instanceof PairColumns ? held.in(index) : columnsOf(recordsOf(held), index)
  if (columns !== undefined && columns !== held && rdd.kept?.has(partition) === true) rdd.kept.set(partition, columns)
  return columns ?? held
}
