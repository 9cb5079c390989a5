import type { Json } from '#engine/model/json.ts'
import { type Chooser, isAny, like, type Made, on } from './chooser.ts'
import { BATCH_MS, type Choice, pick, type Stream } from './graph-choices.ts'
import { NUMBER, pair, sameType, TEXT } from './record-type.ts'

export const transform = on(
  isAny,
  (input, { fn, other }, streams) => {
    const same = streams.filter((s) => s.slideMs === input.slideMs && sameType(s.type, input.type) && s.ordered)
    const indexed = like(input, pair(NUMBER, input.type))
    return pick<Made>(
      [
        {
          op: 'transform',
          params: { fn: 'rdd => rdd.map(x => [x, 1])' },
          gives: like(input, pair(input.type, NUMBER)),
        },
        { op: 'transform', params: { fn: 'rdd => rdd.filter(x => JSON.stringify(x).length > 1)' }, gives: like(input) },
        { op: 'transform', params: { fn: 'rdd => rdd.union(rdd)' }, gives: like(input) },
        { op: 'transform', params: { fn: 'rdd => rdd.coalesce(1)' }, gives: like(input) },
        { op: 'transform', params: { fn: 'rdd => rdd.zipWithIndex()' }, gives: like(input, pair(input.type, NUMBER)) },
        {
          op: 'transform',
          params: {
            fn: '(rdd, timeMs) => rdd.mapPartitionsWithIndex((index, xs) => [...xs].map(x => [index * timeMs, x]))',
          },
          gives: indexed,
        },
        {
          op: 'transformWith',
          params: { fn: '(a, b) => a.union(b)' },
          others: [pick(same, other)],
          gives: like(input),
        },
        {
          op: 'transformWith',
          params: { fn: '(a, b) => b.union(a.filter(x => b.count() > 2))' },
          others: [pick(same, other)],
          gives: like(input),
        },
        ...(pick(same, other) === input
          ? []
          : [
              {
                op: 'transform',
                params: { fn: '(rdds, timeMs) => rdds[0].sparkContext.union([...rdds].reverse())' },
                inputs: [input, pick(same, other)],
                gives: like(input),
              },
            ]),
        { op: 'transform', params: { fn: 'rdd => null' }, gives: like(input) },
      ],
      fn,
    )
  },
  { ordered: true },
)

export const constantStream: Chooser = ({ a, b, partitions }) => ({
  op: 'constantStream',
  params: {
    records: [...Array(b % 4).keys()].map((n): Json => (a % 2 === 0 ? n : [String.fromCharCode(97 + n), n])),
    ...(partitions === 0 ? {} : { partitions }),
  },
  inputs: [],
  gives: { type: a % 2 === 0 ? NUMBER : pair(TEXT, NUMBER), slideMs: BATCH_MS, ordered: true },
})

export const simulated =
  (op: string): Chooser =>
  ({ a, b, partitions }) => ({
    op,
    params: {
      generator: 'custom',
      fn: a % 2 === 0 ? 'i => i % 5' : "i => ['k' + (i % 3), i % 4]",
      rowsPerSecond: b % 5,
      ...(partitions === 0 ? {} : { partitions }),
    },
    inputs: [],
    gives: { type: a % 2 === 0 ? NUMBER : pair(TEXT, NUMBER), slideMs: BATCH_MS, ordered: true },
  })

export const output = (op: string, params: (choice: Choice) => Readonly<Record<string, Json>>): Chooser =>
  on(isAny, (_input, choice) => ({ op, params: params(choice) }), { ordered: true })

export const cache = on(isAny, (input) => ({ op: 'cache', params: {}, gives: like(input) }))

export const persist = on(isAny, (input, { a }) => ({
  op: 'persist',
  params: { storageLevel: pick(['MEMORY_ONLY', 'MEMORY_ONLY_SER', 'MEMORY_AND_DISK'], a) },
  gives: like(input),
}))

const MARKS: readonly string[] = ['mapWithState', 'cache', 'persist', 'checkpoint']

/** Not of mapWithState, whose keys would then time out at other times, nor of another mark, which is the stream that it marks. */
export const checkpoint = on(
  (stream): stream is Stream => !MARKS.includes(stream.op),
  (input, { a }) => ({
    op: 'checkpoint',
    params: { intervalMs: input.slideMs * (1 + (a % 3)) },
    gives: like(input),
  }),
)
