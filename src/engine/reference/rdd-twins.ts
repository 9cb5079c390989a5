import { repartitionTarget } from '#engine/rdd/random/repartition-target.ts'
import { eachPartition, listOf, range, textOf, together, type WholeBatch } from './whole-batch.ts'

type Twin = (batches: readonly WholeBatch[], timeMs: number) => WholeBatch

const first = (batches: readonly WholeBatch[]): WholeBatch => {
  const [batch] = batches
  if (batch === undefined) throw new Error('one RDD at least')
  return batch
}

/** The functions that random graphs give to transform and transformWith, and what each of them makes of whole batches. */
export const twins: Readonly<Record<string, Twin>> = {
  'rdd => rdd.map(x => [x, 1])': (batches) => eachPartition(first(batches), (xs) => xs.map((x) => [x, 1])),
  'rdd => rdd.filter(x => JSON.stringify(x).length > 1)': (batches) =>
    eachPartition(first(batches), (xs) => xs.filter((x) => textOf(x).length > 1), true),
  'rdd => rdd.union(rdd)': (batches) => together([first(batches), first(batches)]),
  'rdd => rdd.coalesce(1)': (batches) => {
    const { partitions } = first(batches)
    return { partitions: partitions.length === 0 ? [] : [partitions.flat()] }
  },
  'rdd => rdd.zipWithIndex()': (batches) => {
    let index = 0
    return eachPartition(first(batches), (xs) => xs.map((x) => [x, index++]))
  },
  '(rdd, timeMs) => rdd.mapPartitionsWithIndex((index, xs) => [...xs].map(x => [index * timeMs, x]))': (
    batches,
    timeMs,
  ) => ({
    partitions: first(batches).partitions.map((xs, index) => xs.map((x) => [index * timeMs, x])),
  }),
  'rdd => null': () => {
    throw new Error('no RDD')
  },
  '(a, b) => a.union(b)': (batches) => together(batches),
  '(a, b) => b.union(a.filter(x => b.count() > 2))': (batches) => {
    const [a, b] = batches
    if (a === undefined || b === undefined) throw new Error('two RDDs')
    return together([b, eachPartition(a, (xs) => (b.partitions.flat().length > 2 ? xs : []), true)])
  },
  '(rdds, timeMs) => rdds[0].sparkContext.union([...rdds].reverse())': (batches) => together([...batches].reverse()),
}

/** Source: dstream-semantics §10.3 */
export function repartitioned({ partitions }: WholeBatch, count: number): WholeBatch {
  const dealt = partitions.map((records, from) => {
    const target = repartitionTarget(from, count)
    return records.map((record, index) => [target(index), record])
  })
  return {
    partitions: range(count).map((to) =>
      dealt.flatMap((records) => records.flatMap((each) => (listOf(each)[0] === to ? [listOf(each)[1]] : []))),
    ),
  }
}
