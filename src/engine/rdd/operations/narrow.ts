import { asArray, type Fn, pairOf, recordsOf } from '#engine/rdd/core/arguments.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'

type Transform = (records: Iterable<unknown>, partition: number) => Iterable<unknown>

/** An RDD whose partitions are made each from the parent's partition of the same index.
 *  `keepsKeys`: the pairs keep their keys, so that the partitioner stays true.
 *  Source: MapPartitionsRDD */
export function partitionwise(parent: RddCore, operation: string, transform: Transform, keepsKeys = false): RddCore {
  return new RddCore(parent.context, {
    kind: 'MapPartitionsRDD',
    operation,
    dependencies: [{ parent, isShuffle: false }],
    count: () => parent.count,
    partitioner: keepsKeys ? parent.partitioner : undefined,
    compute: (partition) => transform(parent.read(partition), partition),
  })
}

export function map(parent: RddCore, operation: string, fn: (record: unknown) => unknown): RddCore {
  return partitionwise(parent, operation, function* (records) {
    for (const record of records) yield fn(record)
  })
}

export function flatMap(parent: RddCore, operation: string, fn: Fn): RddCore {
  return partitionwise(parent, operation, function* (records) {
    for (const record of records) yield* recordsOf(operation, fn(record))
  })
}

export function filter(parent: RddCore, operation: string, fn: (record: unknown) => unknown): RddCore {
  const transform: Transform = function* (records) {
    for (const record of records) if (fn(record)) yield record
  }
  return partitionwise(parent, operation, transform, true)
}

/** The function gets an array of its own, which it may change. */
export function mapPartitions(parent: RddCore, operation: string, fn: Fn, keepsKeys: boolean): RddCore {
  return partitionwise(parent, operation, (records) => recordsOf(operation, fn([...records])), keepsKeys)
}

export function mapPartitionsWithIndex(parent: RddCore, operation: string, fn: Fn, keepsKeys: boolean): RddCore {
  const transform: Transform = (records, partition) => recordsOf(operation, fn(partition, [...records]))
  return partitionwise(parent, operation, transform, keepsKeys)
}

export function glom(parent: RddCore): RddCore {
  return partitionwise(parent, 'glom', (records) => [[...records]])
}

export function keys(parent: RddCore, operation: string): RddCore {
  return map(parent, operation, (record) => pairOf(operation, record)[0])
}

export function values(parent: RddCore, operation: string): RddCore {
  return map(parent, operation, (record) => pairOf(operation, record)[1])
}

export function mapValues(parent: RddCore, operation: string, fn: (value: unknown) => unknown): RddCore {
  const transform: Transform = function* (records) {
    for (const record of records) {
      const [key, value] = pairOf(operation, record)
      yield [key, fn(value)]
    }
  }
  return partitionwise(parent, operation, transform, true)
}

export function flatMapValues(parent: RddCore, operation: string, fn: (value: unknown) => unknown): RddCore {
  const transform: Transform = function* (records) {
    for (const record of records) {
      const [key, values] = pairOf(operation, record)
      for (const value of recordsOf(operation, fn(values))) yield [key, value]
    }
  }
  return partitionwise(parent, operation, transform, true)
}

/** Record i of partition k of n gets the number i·n + k: unique, without a job, but with gaps.
 *  Source: RDD.zipWithUniqueId */
export function zipWithUniqueId(parent: RddCore): RddCore {
  return partitionwise(parent, 'zipWithUniqueId', function* (records, partition) {
    let index = 0
    for (const record of records) yield [record, index++ * parent.count + partition]
  })
}

/** Numbers the records by partition and place; counts all partitions but the last at once, when there are several.
 *  Source: ZippedWithIndexRDD */
export function zipWithIndex(parent: RddCore): RddCore {
  const starts = [0]
  for (let partition = 0; partition < parent.count - 1; partition++) {
    starts.push((starts[partition] ?? 0) + asArray(parent.read(partition)).length)
  }
  return partitionwise(parent, 'zipWithIndex', function* (records, partition) {
    let index = starts[partition] ?? 0
    for (const record of records) yield [record, index++]
  })
}
