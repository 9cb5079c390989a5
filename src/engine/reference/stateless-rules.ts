import { type Asking, type FailedBatch, LostBatch, type Outcome } from './evaluation.ts'
import { repartitioned, twins } from './rdd-twins.ts'
import {
  combineByKey,
  eachPartition,
  grouping,
  groups,
  listOf,
  pairOf,
  range,
  reducing,
  sliced,
  together,
  type WholeBatch,
} from './whole-batch.ts'

export type Rule = (ask: Asking) => Outcome
type Compute = (batch: WholeBatch, ask: Asking) => WholeBatch

/** What follows from the only parent, and is none without it. Source: dstream-semantics §1.5 */
const passing =
  (compute: Compute): Rule =>
  (ask) => {
    const parent = ask.outcome(ask.inputs()[0] ?? '', ask.timeMs)
    return parent === undefined ? undefined : ask.from([parent], ([batch]) => compute(batch ?? { partitions: [] }, ask))
  }

/** What loses the batch when a parent has none. Source: dstream-semantics §1.5 */
const demanding =
  (compute: (batches: readonly WholeBatch[], ask: Asking) => WholeBatch): Rule =>
  (ask) => {
    const parents: (WholeBatch | FailedBatch)[] = []
    for (const input of [...ask.inputs(), ...ask.inputs('other')]) {
      const parent = ask.outcome(input, ask.timeMs)
      if (parent === undefined) throw new LostBatch(ask.node.id)
      parents.push(parent)
    }
    return ask.from(parents, (batches) => compute(batches, ask))
  }

export function countOf({ node, defaultParallelism }: Asking): number {
  return Number(node.params.numPartitions ?? defaultParallelism)
}

export const plus = (a: unknown, b: unknown): unknown => Number(a) + Number(b)

/** All records reduced to one, in one partition. Source: dstream-semantics §3, reduce */
export function reduceAll(batch: WholeBatch, fn: (...args: readonly unknown[]) => unknown): WholeBatch {
  const keyed = eachPartition(batch, (records) => records.map((record) => [null, record]))
  return eachPartition(combineByKey(keyed, 1, reducing(fn)), (pairs) => pairs.map((pair) => pairOf(pair)[1]))
}

type Sides = (lefts: readonly unknown[], rights: readonly unknown[]) => readonly unknown[]
const orNone = (values: readonly unknown[]): readonly unknown[] => (values.length === 0 ? [null] : values)
const product: Sides = (lefts, rights) => lefts.flatMap((left) => rights.map((right) => [left, right]))

/** Source: dstream-semantics §5 */
const cogrouping = (sidesOf: Sides): Rule =>
  demanding((batches, ask) => {
    const count = countOf(ask)
    const partitions = groups(batches, count).map((cells) =>
      cells.flatMap(({ key, sides }) => sidesOf(sides[0] ?? [], sides[1] ?? []).map((value) => [key, value])),
    )
    return { partitions, partitioner: count }
  })

const textual = (value: unknown): readonly unknown[] => (typeof value === 'string' ? [...value] : listOf(value))

const sameAsParent: Rule = (ask) => ask.outcome(ask.inputs()[0] ?? '', ask.timeMs)

/** Steady whole rows a second, whose function looks at the row's number alone. */
const simulated: Rule = ({ node, timeMs, slideMs, defaultParallelism, fn }) => {
  const { rowsPerSecond, partitions } = node.params
  const rowsBefore = (atMs: number) => Math.floor((atMs / 1000) * Number(rowsPerSecond))
  const from = rowsBefore(timeMs - slideMs)
  const rows = range(rowsBefore(timeMs) - from).map((i) => fn('fn')(from + i))
  return sliced(rows, Number(partitions ?? defaultParallelism))
}

/** Operators without a memory. Source: dstream-semantics §3, §5 */
export const statelessRules: Readonly<Record<string, Rule>> = {
  map: passing((batch, ask) => eachPartition(batch, (records) => records.map((record) => ask.fn('fn')(record)))),
  filter: passing((batch, ask) => eachPartition(batch, (records) => records.filter((r) => ask.fn('fn')(r)), true)),
  flatMap: passing((batch, ask) => eachPartition(batch, (rs) => rs.flatMap((r) => textual(ask.fn('fn')(r))))),
  mapValues: passing((batch, ask) =>
    eachPartition(batch, (rs) => rs.map(pairOf).map(([key, value]) => [key, ask.fn('fn')(value)]), true),
  ),
  flatMapValues: passing((batch, ask) => {
    const spread = (key: unknown, value: unknown) => textual(ask.fn('fn')(value)).map((each) => [key, each])
    return eachPartition(batch, (records) => records.map(pairOf).flatMap(([key, value]) => spread(key, value)), true)
  }),
  glom: passing((batch) => eachPartition(batch, (records) => [records])),
  mapPartitions: passing((batch, ask) =>
    eachPartition(
      batch,
      (records) => listOf(ask.fn('fn')([...records])),
      ask.node.params.preservesPartitioning === true,
    ),
  ),
  reduce: passing((batch, ask) => reduceAll(batch, ask.fn('reduce'))),
  countByValue: passing((batch, ask) =>
    combineByKey(
      eachPartition(batch, (records) => records.map((record) => [record, 1])),
      countOf(ask),
      reducing(plus),
    ),
  ),
  reduceByKey: passing((batch, ask) => combineByKey(batch, countOf(ask), reducing(ask.fn('reduce')))),
  groupByKey: passing((batch, ask) => combineByKey(batch, countOf(ask), grouping)),
  combineByKey: passing((batch, ask) =>
    combineByKey(batch, countOf(ask), {
      create: ask.fn('create'),
      mergeValue: ask.fn('mergeValue'),
      mergeCombiner: ask.fn('mergeCombiner'),
      mapSide: ask.node.params.mapSideCombine !== false,
    }),
  ),
  count: demanding(([batch], { defaultParallelism }) => ({
    partitions: range(defaultParallelism).map((i) => (i === 0 ? [batch?.partitions.flat().length ?? 0] : [])),
  })),
  repartition: demanding(([batch], { node }) =>
    repartitioned(batch ?? { partitions: [] }, Number(node.params.numPartitions)),
  ),
  union: demanding((batches) => together(batches)),
  transform: demanding((batches, ask) => transformed(batches, ask)),
  transformWith: demanding((batches, ask) => transformed(batches, ask)),
  cogroup: cogrouping((lefts, rights) => [[lefts, rights]]),
  join: cogrouping(product),
  leftOuterJoin: cogrouping((lefts, rights) => product(lefts, orNone(rights))),
  rightOuterJoin: cogrouping((lefts, rights) => product(orNone(lefts), rights)),
  fullOuterJoin: cogrouping((lefts, rights) => product(orNone(lefts), orNone(rights))),
  constantStream: ({ node, defaultParallelism }) =>
    sliced(listOf(node.params.records), Number(node.params.partitions ?? defaultParallelism)),
  simulatedStream: simulated,
  simulatedTextStream: simulated,
  cache: sameAsParent,
  persist: sameAsParent,
  checkpoint: sameAsParent,
  print: sameAsParent,
  table: sameAsParent,
  foreachRDD: sameAsParent,
  saveAsTextFiles: sameAsParent,
  saveAsObjectFiles: sameAsParent,
  counter: sameAsParent,
  chart: sameAsParent,
  webSocketSink: sameAsParent,
}

function transformed(batches: readonly WholeBatch[], { node, timeMs }: Asking): WholeBatch {
  const twin = twins[String(node.params.fn)]
  if (twin === undefined) throw new Error(`no twin of ${String(node.params.fn)}`)
  return twin(batches, timeMs)
}
