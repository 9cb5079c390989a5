import type { KeyIndex } from '#engine/record/key-index.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { columnsOf, PairColumns } from './pair-columns.ts'

/** One partition of each of these RDDs by column, with the ids of one index; undefined where one of them has none. What was kept otherwise is kept so. */
export function paneColumns(
  rdds: readonly Rdd[],
  partition: number,
  index: KeyIndex,
  evaluation: Evaluation,
): readonly PairColumns[] | undefined {
  const all: PairColumns[] = []
  for (const rdd of rdds) {
    const held = evaluation.held(rdd, partition)
    const columns = held instanceof PairColumns ? held.in(index) : columnsOf(held, index)
    if (columns === undefined) return undefined
    if (columns !== held && rdd.kept?.has(partition) === true) rdd.kept.set(partition, columns)
    all.push(columns)
  }
  return all
}
