import type { Fn } from '#engine/rdd/core/arguments.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { emptyCollection } from '#engine/rdd/core/empty-collection.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'

/** Combines the records of each partition, then these results. Spark takes the results as they come; here they are
 *  taken in the order of the partitions.
 *  Fails:  "empty collection"
 *  Source: RDD.reduce */
export function reduce(core: RddCore, fn: (a: unknown, b: unknown) => unknown): unknown {
  const results: unknown[] = []
  for (let partition = 0; partition < core.count; partition++) {
    results.push(...reducePartition(core.read(partition), fn))
  }
  const [reduced] = reducePartition(results, fn)
  if (results.length === 0) throw emptyCollection()
  return reduced
}

/** One result, or none for no records. */
function reducePartition(records: Iterable<unknown>, fn: (a: unknown, b: unknown) => unknown): readonly unknown[] {
  let isFirst = true
  let reduced: unknown
  for (const record of records) {
    reduced = isFirst ? record : fn(reduced, record)
    isFirst = false
  }
  return isFirst ? [] : [reduced]
}

/** Every partition begins with a copy of the zero value, and so does the combination of their results.
 *  Source: RDD.aggregate, RDD.fold */
export function aggregate(core: RddCore, zero: unknown, seqOp: Fn, combOp: Fn): unknown {
  let all = copyRecord(zero)
  for (let partition = 0; partition < core.count; partition++) {
    let result = copyRecord(zero)
    for (const record of core.read(partition)) result = seqOp(result, record)
    all = combOp(all, result)
  }
  return all
}

export function count(core: RddCore): number {
  let total = 0
  for (const _record of core.readAll()) total += 1
  return total
}
