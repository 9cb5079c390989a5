import { type Fn, pairOf } from '#engine/rdd/core/arguments.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { type Partitioner, partitionFor, samePartitioner } from '#engine/rdd/core/partitioner.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { shuffle } from '#engine/rdd/core/shuffle.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { partitionwise } from './narrow.ts'

/** How the values of a key become one. Source: org.apache.spark.Aggregator */
export interface Combiner {
  readonly create: (value: unknown) => unknown
  readonly mergeValue: (combined: unknown, value: unknown) => unknown
  readonly mergeCombiners: (a: unknown, b: unknown) => unknown
  readonly mapSideCombine: boolean
}

/** One pair per key, in slot order. Pairs that lie in their keys' partitions already are combined where they are.
 *  Source: PairRDDFunctions.combineByKeyWithClassTag, ShuffledRDD */
export function combineByKey(
  parent: RddCore,
  operation: string,
  combiner: Combiner,
  partitioner: Partitioner,
): RddCore {
  const { create, mergeValue, mergeCombiners, mapSideCombine } = combiner
  if (samePartitioner(parent.partitioner, partitioner)) {
    return partitionwise(
      parent,
      operation,
      (records) => inSlots(combined(operation, records, create, mergeValue)),
      true,
    )
  }
  const read = shuffle(parent, partitioner.numPartitions, function* (from) {
    const records = parent.read(from)
    for (const record of mapSideCombine ? combined(operation, records, create, mergeValue) : records) {
      const pair = pairOf(operation, record)
      yield [partitionFor(partitioner, pair[0]), pair] as const
    }
  })
  return new RddCore(parent.context, {
    kind: 'ShuffledRDD',
    operation,
    dependencies: [{ parent, isShuffle: true }],
    count: () => partitioner.numPartitions,
    partitioner,
    compute: (partition) => {
      const pairs = read(partition)
      return inSlots(
        mapSideCombine
          ? combined(operation, pairs, copiedArray, mergeCombiners)
          : combined(operation, pairs, create, mergeValue),
      )
    },
  })
}

/** Map outputs are read again by later actions, and merging may change what it merges into: arrays begin as copies. */
function copiedArray(combiner: unknown): unknown {
  return copyRecord(combiner)
}

function combined(
  operation: string,
  records: Iterable<unknown>,
  create: (value: unknown) => unknown,
  merge: (combined: unknown, value: unknown) => unknown,
): readonly (readonly [unknown, unknown])[] {
  const cells = new Keyed<unknown>()
  for (const record of records) {
    const [key, value] = pairOf(operation, record)
    let isNew = false
    const cell = cells.at(key, () => {
      isNew = true
      return create(value)
    })
    if (!isNew) cell.value = merge(cell.value, value)
  }
  return Array.from(cells.cells.values(), (cell) => [cell.key, cell.value] as const)
}

function inSlots(pairs: readonly (readonly [unknown, unknown])[]): readonly unknown[] {
  return inSlotOrder(pairs, (pair) => pair[0])
}

export function reduction(fn: Fn): Combiner {
  return { create: (value) => value, mergeValue: fn, mergeCombiners: fn, mapSideCombine: true }
}

/** `seqOp` merges values into the zero value, of which every key of a map partition gets a copy.
 *  Source: PairRDDFunctions.aggregateByKey */
export function aggregation(zero: unknown, seqOp: Fn, combOp: Fn): Combiner {
  return {
    create: (value) => seqOp(copyRecord(zero), value),
    mergeValue: seqOp,
    mergeCombiners: combOp,
    mapSideCombine: true,
  }
}

/** All values of a key in an array. Source: PairRDDFunctions.groupByKey */
export const grouping: Combiner = {
  create: (value) => [value],
  mergeValue: (values, value) => {
    const list = values as unknown[] // made by `create`
    list.push(value)
    return list
  },
  mergeCombiners: (a) => a,
  mapSideCombine: false,
}
