import { type RddContext, RddCore } from '#engine/rdd/core/rdd-core.ts'
import { evenSlices } from '#engine/record/slices.ts'

/** Partition i holds the i-th even slice of the records.
 *  Source: ParallelCollectionRDD */
export function parallelize(
  context: RddContext,
  operation: string,
  records: readonly unknown[],
  numSlices: number,
): RddCore {
  const bounds = evenSlices(records.length, numSlices)
  return new RddCore(context, {
    kind: 'ParallelCollectionRDD',
    operation,
    dependencies: [],
    count: () => numSlices,
    compute: (partition) => records.slice(bounds[partition], bounds[partition + 1]),
  })
}

/** Source: EmptyRDD */
export function emptyRdd(context: RddContext): RddCore {
  return new RddCore(context, {
    kind: 'EmptyRDD',
    operation: 'emptyRDD',
    dependencies: [],
    count: () => 0,
    compute: () => [],
  })
}
