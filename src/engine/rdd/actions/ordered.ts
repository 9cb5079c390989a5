import { emptyCollection } from '#engine/rdd/core/empty-collection.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import type { Comparison } from '#engine/rdd/core/record-order.ts'

/** The `num` smallest records in order; of equal ones those that come first in the RDD.
 *  Keeps:  no more than some partition's records and `num` of the others
 *  Source: RDD.takeOrdered */
export function takeOrdered(core: RddCore, num: number, compare: Comparison): unknown[] {
  let smallest: unknown[] = []
  if (num <= 0) return smallest
  for (let partition = 0; partition < core.count; partition++) {
    smallest = [...smallest, ...core.read(partition)].sort(compare).slice(0, num)
  }
  return smallest
}

/** The record that no other comes before; of equal ones the first.
 *  Fails:  "empty collection"
 *  Source: RDD.min; RDD.max with the order reversed */
export function min(core: RddCore, compare: Comparison): unknown {
  let isFirst = true
  let least: unknown
  for (const record of core.readAll()) {
    if (isFirst || compare(record, least) < 0) least = record
    isFirst = false
  }
  if (isFirst) throw emptyCollection()
  return least
}
