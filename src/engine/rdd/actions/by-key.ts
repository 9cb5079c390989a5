import { type Pair, pairOf } from '#engine/rdd/core/arguments.ts'
import { choosePartitioner } from '#engine/rdd/core/default-partitioner.ts'
import { partitionFor } from '#engine/rdd/core/partitioner.ts'
import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { sameKey } from '#engine/rdd/core/same-key.ts'
import { combineByKey, reduction } from '#engine/rdd/operations/combine-by-key.ts'
import { map, mapValues } from '#engine/rdd/operations/narrow.ts'
import { keyForm } from '#engine/record/key-form.ts'

/** `[key, number of pairs]`, as a reduceByKey orders them.
 *  Source: PairRDDFunctions.countByKey */
export function countByKey(core: RddCore, operation: string): Pair[] {
  const ones = mapValues(core, operation, () => 1)
  const add = reduction((a, b) => Number(a) + Number(b))
  const counted = combineByKey(ones, operation, add, choosePartitioner(operation, [ones], undefined))
  return Array.from(counted.readAll(), (record) => pairOf(operation, record))
}

/** Source: RDD.countByValue */
export function countByValue(core: RddCore): Pair[] {
  return countByKey(
    map(core, 'countByValue', (record) => [record, null]),
    'countByValue',
  )
}

/** The values of a key; reads only the key's partition when the RDD is partitioned by key.
 *  Source: PairRDDFunctions.lookup */
export function lookup(core: RddCore, key: unknown): unknown[] {
  const { partitioner } = core
  const found: unknown[] = []
  for (const record of partitioner === undefined ? core.readAll() : core.read(partitionFor(partitioner, key))) {
    const pair = pairOf('lookup', record)
    if (sameKey(pair[0], key)) found.push(pair[1])
  }
  return found
}

/** The last value of each key. Source: PairRDDFunctions.collectAsMap */
export function collectAsMap(core: RddCore): Map<unknown, unknown> {
  const keys = new Map<unknown, unknown>()
  const collected = new Map<unknown, unknown>()
  for (const record of core.readAll()) {
    const [key, value] = pairOf('collectAsMap', record)
    const form = keyForm(key)
    if (!keys.has(form)) keys.set(form, key)
    collected.set(keys.get(form), value)
  }
  return collected
}
