import { samePartitioner } from '#engine/rdd/core/partitioner.ts'
import { type RddContext, RddCore } from '#engine/rdd/core/rdd-core.ts'

/** The partitions of all RDDs one after another; RDDs that are partitioned alike are merged partition by partition.
 *  RDDs without partitions are left out.
 *  Source: SparkContext.union, UnionRDD, PartitionerAwareUnionRDD */
export function union(context: RddContext, operation: string, cores: readonly RddCore[]): RddCore {
  const parents = cores.filter((core) => core.count > 0)
  const dependencies = parents.map((parent) => ({ parent, isShuffle: false }))
  const [first] = parents
  if (first !== undefined && parents.every((core) => samePartitioner(core.partitioner, first.partitioner))) {
    return new RddCore(context, {
      kind: 'PartitionerAwareUnionRDD',
      operation,
      dependencies,
      count: () => first.count,
      partitioner: first.partitioner,
      compute: function* (partition) {
        for (const parent of parents) yield* parent.read(partition)
      },
    })
  }
  const places = parents.flatMap((parent) => Array.from({ length: parent.count }, (_, index) => ({ parent, index })))
  return new RddCore(context, {
    kind: 'UnionRDD',
    operation,
    dependencies,
    count: () => places.length,
    compute: (partition) => {
      const place = places[partition]
      return place === undefined ? [] : place.parent.read(place.index)
    },
  })
}
