import { XorShiftRandom } from './xor-shift-random.ts'

/** Where `repartition(n)` sends the records of one input partition: the partition of record k is `target(k)`. Records
 *  are dealt out in turn, from a start that differs between the input partitions, so that small ones do not all fill
 *  partition 0.
 *  Shape:  (input partition, number of partitions) → index of a record in its partition → its new partition
 *  Source: RDD.coalesce with shuffle, which DStream.repartition calls too (as of SPARK-40660) */
export function repartitionTarget(partitionIndex: number, numPartitions: number): (recordIndex: number) => number {
  const start = new XorShiftRandom(BigInt(partitionIndex)).nextInt(numPartitions) + 1
  return (recordIndex) => (start + recordIndex) % numPartitions
}
