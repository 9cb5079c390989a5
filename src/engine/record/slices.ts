/** Where even slices of a list begin and end: slice i is [bounds[i], bounds[i + 1]).
 *  Shape:  `parts` + 1 bounds, the first 0, the last `length`
 *  Source: SparkContext.parallelize (ParallelCollectionRDD.slice): element i·L/n, rounded down, begins slice i */
export function evenSlices(length: number, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * length) / parts))
}
