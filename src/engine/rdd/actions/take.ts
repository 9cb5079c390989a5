import { emptyCollection } from '#engine/rdd/core/empty-collection.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'

/** How many times more partitions a round may scan than all rounds before it (`spark.rdd.limit.scaleUpFactor`). */
const SCALE_UP = 4

/** The first `num` records. Scans one partition, then more at a time: four times as many as were scanned while nothing
 *  was found, else half as many again as should be needed. A partition is read only as far as is missing.
 *  Source: RDD.take */
export function take(core: RddCore, num: number): unknown[] {
  const taken: unknown[] = []
  let scanned = 0
  while (taken.length < num && scanned < core.count) {
    const missing = num - taken.length
    let toTry = 1
    if (scanned > 0) {
      const needed = taken.length === 0 ? Number.POSITIVE_INFINITY : Math.ceil((1.5 * missing * scanned) / taken.length)
      toTry = Math.min(needed, scanned * SCALE_UP)
    }
    const end = Math.min(scanned + toTry, core.count)
    // One round is one job: all its partitions are read, also when the first of them would do.
    const found = Array.from({ length: end - scanned }, (_, index) => beginning(core.read(scanned + index), missing))
    for (const record of found.flat(1)) if (taken.length < num) taken.push(record)
    scanned = end
  }
  return taken
}

function beginning(records: Iterable<unknown>, length: number): readonly unknown[] {
  const read: unknown[] = []
  for (const record of records) {
    read.push(record)
    if (read.length >= length) break
  }
  return read
}

/** Fails: "empty collection". Source: RDD.first */
export function first(core: RddCore): unknown {
  const taken = take(core, 1)
  if (taken.length === 0) throw emptyCollection()
  return taken[0]
}

export function isEmpty(core: RddCore): boolean {
  return take(core, 1).length === 0
}
