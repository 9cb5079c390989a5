import type { RddCore } from './rdd-core.ts'

/** The map side of a shuffle, written when the first partition is read and read again by later actions, as Spark reads
 *  its shuffle files again.
 *  Shape:  new partition → its records, in the order of the parent's partitions
 *  Keeps:  every shuffled record as long as the RDD lives */
export function shuffle(
  parent: RddCore,
  numPartitions: number,
  mapSide: (partition: number) => Iterable<readonly [target: number, record: unknown]>,
): (partition: number) => readonly unknown[] {
  let files: readonly (readonly unknown[])[] | undefined
  return (partition) => {
    files ??= write(parent.count, numPartitions, mapSide)
    return files[partition] ?? []
  }
}

function write(
  count: number,
  numPartitions: number,
  mapSide: (partition: number) => Iterable<readonly [target: number, record: unknown]>,
): readonly (readonly unknown[])[] {
  const files: unknown[][] = Array.from({ length: numPartitions }, () => [])
  for (let from = 0; from < count; from++) {
    for (const [target, record] of mapSide(from)) files[target]?.push(record)
  }
  return files
}
