import { asArray } from '#engine/rdd/core/arguments.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'

/** Pairs of records in the same place of the same partition.
 *  Fails:  when partitions or their sizes differ in number, with Spark's messages, once an action asks
 *  Source: RDD.zip, ZippedPartitionsBaseRDD */
export function zip(left: RddCore, right: RddCore): RddCore {
  return new RddCore(left.context, {
    kind: 'ZippedPartitionsRDD2',
    operation: 'zip',
    dependencies: [
      { parent: left, isShuffle: false },
      { parent: right, isShuffle: false },
    ],
    count: () => {
      if (left.count === right.count) return left.count
      throw new Error(`Can't zip RDDs with unequal numbers of partitions: List(${left.count}, ${right.count})`)
    },
    compute: function* (partition) {
      const others = right.read(partition)[Symbol.iterator]()
      for (const record of left.read(partition)) {
        const other = others.next()
        if (other.done === true) throw unequalSizes()
        yield [record, other.value]
      }
      if (others.next().done !== true) throw unequalSizes()
    },
  })
}

function unequalSizes(): Error {
  return new Error('Can only zip RDDs with same number of elements in each partition')
}

/** Every record of the left with every one of the right: partition i·n + j holds those of left partition i and right
 *  partition j of n.
 *  Source: CartesianRDD */
export function cartesian(left: RddCore, right: RddCore): RddCore {
  return new RddCore(left.context, {
    kind: 'CartesianRDD',
    operation: 'cartesian',
    dependencies: [
      { parent: left, isShuffle: false },
      { parent: right, isShuffle: false },
    ],
    count: () => left.count * right.count,
    compute: function* (partition) {
      const others = asArray(right.read(partition % right.count))
      for (const record of left.read(Math.floor(partition / right.count))) {
        for (const other of others) yield [record, other]
      }
    },
  })
}
