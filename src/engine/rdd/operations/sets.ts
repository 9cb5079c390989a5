import { asArray, pairOf } from '#engine/rdd/core/arguments.ts'
import { choosePartitioner } from '#engine/rdd/core/default-partitioner.ts'
import { pairsByKey } from '#engine/rdd/core/pairs-by-key.ts'
import { hashPartitioner, type Partitioner, samePartitioner } from '#engine/rdd/core/partitioner.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { cogroup } from './cogroup.ts'
import { combineByKey, reduction } from './combine-by-key.ts'
import { javaHashMapOrder } from './java-hash-map-order.ts'
import { filter, keys, map, partitionwise } from './narrow.ts'

/** One of each record, in slot order. Pairs that are partitioned by key, into as many partitions, stay where they are.
 *  Source: RDD.distinct */
export function distinct(parent: RddCore, numPartitions: number): RddCore {
  if (parent.partitioner !== undefined && numPartitions === parent.count) {
    return partitionwise(parent, 'distinct', oneOfEach, true)
  }
  const marked = withNull(parent, 'distinct')
  const reduced = combineByKey(
    marked,
    'distinct',
    reduction((first) => first),
    hashPartitioner(numPartitions),
  )
  return keys(reduced, 'distinct')
}

function oneOfEach(records: Iterable<unknown>): Iterable<unknown> {
  const seen = new Keyed<null>()
  for (const record of records) seen.at(record, () => null)
  return inSlotOrder(
    Array.from(seen.cells.values(), (cell) => cell.key),
    (key) => key,
  )
}

/** The records that both have, one of each. Source: RDD.intersection */
export function intersection(left: RddCore, right: RddCore, numPartitions: unknown): RddCore {
  const marked = [withNull(left, 'intersection'), withNull(right, 'intersection')] as const
  const groups = cogroup(marked, 'intersection', choosePartitioner('intersection', marked, numPartitions))
  const shared = filter(groups, 'intersection', (record) => {
    const sides = asArray(pairOf('intersection', record)[1] as readonly unknown[]) // cogroup's own shape
    return sides.every((side) => Array.isArray(side) && side.length > 0)
  })
  return keys(shared, 'intersection')
}

/** The records that `other` lacks, repeated ones included. Source: RDD.subtract */
export function subtract(parent: RddCore, other: RddCore, partitioner: Partitioner): RddCore {
  const marked = withNull(parent, 'subtract')
  // A partitioned RDD holds pairs, and its partitioner knows their keys.
  const byKey = samePartitioner(parent.partitioner, partitioner)
  const byRecord = byKey
    ? ({ kind: 'first', numPartitions: partitioner.numPartitions, of: partitioner } as const)
    : partitioner
  return keys(subtractByKey(marked, withNull(other, 'subtract'), 'subtract', byRecord), 'subtract')
}

/** The pairs whose keys `other` lacks, those of a key together, keys in the order of Java's HashMap.
 *  Source: SubtractedRDD */
export function subtractByKey(left: RddCore, right: RddCore, operation: string, partitioner: Partitioner): RddCore {
  const sides = [pairsByKey(operation, left, partitioner), pairsByKey(operation, right, partitioner)] as const
  return new RddCore(left.context, {
    kind: 'SubtractedRDD',
    operation,
    dependencies: sides.map((side) => side.dependency),
    count: () => partitioner.numPartitions,
    partitioner,
    compute: function* (partition) {
      const groups = new Keyed<unknown[]>()
      for (const record of sides[0].read(partition)) {
        const [key, value] = pairOf(operation, record)
        groups.at(key, () => []).value.push(value)
      }
      // The order follows from all keys of the left: Java's map does not shrink when keys are removed.
      const cells = [...groups.cells.values()]
      for (const record of sides[1].read(partition)) groups.cells.delete(keyForm(pairOf(operation, record)[0]))
      for (const index of javaHashMapOrder(cells.map((cell) => cell.key))) {
        const cell = cells[index]
        if (cell === undefined || !groups.cells.has(keyForm(cell.key))) continue
        for (const value of cell.value) yield [cell.key, value]
      }
    },
  })
}

function withNull(parent: RddCore, operation: string): RddCore {
  return map(parent, operation, (record) => [record, null])
}
