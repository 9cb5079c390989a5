import { chain } from './sluice-process.ts'

// Documents and inputs for the tests of the command line.

export const wordCount = chain(
  {},
  ['lines', 'queueStream', { batches: [] }],
  ['words', 'flatMap', { fn: "line => line.split(' ')" }],
  ['pairs', 'map', { fn: 'word => [word, 1]' }],
  ['counts', 'reduceByKey', { reduce: '(a, b) => a + b' }],
  ['top', 'print', {}],
)
export const numbers = chain(
  {},
  ['numbers', 'queueStream', { batches: [] }],
  ['pairs', 'map', { fn: 'x => [x % 3, x]' }],
  [
    'totals',
    'updateStateByKey',
    { fn: '(values, state) => values.reduce((a, b) => a + b, state ?? 0)', checkpointMs: 3000 },
  ],
  ['shown', 'print', {}],
)
export const failing = chain(
  {},
  ['source', 'queueStream', { batches: [] }],
  ['half', 'map', { fn: 'x => { if (x === 3) throw new Error("no threes"); return x / 2 }' }],
  ['shown', 'print', {}],
)
export const mixed = chain(
  {},
  ['source', 'queueStream', { batches: [] }],
  ['mixed', 'map', { fn: 'x => [x, typeof x === "bigint" ? x + 1n : undefined, NaN, -0, new Date(5), { $: 1 }]' }],
  ['shown', 'print', {}],
)

export const saving = chain(
  {},
  ['source', 'queueStream', { batches: [] }],
  ['counts', 'reduceByKey', { reduce: '(a, b) => a + b', numPartitions: 2 }],
  ['text', 'saveAsTextFiles', { prefix: 'out/counts', suffix: 'txt' }],
)

/** All of them as files. */
export const files: Readonly<Record<string, unknown>> = {
  'word-count.json': wordCount,
  'lines.json': { lines: { batches: [['a b a', 'b c'], null, [], ['c']], partitions: 2 } },
  'numbers.json': numbers,
  'numbers-in.json': { numbers: { batches: Array.from({ length: 20 }, (_, i) => [i, i + 1]), partitions: 2 } },
  'failing.json': failing,
  'failing-in.json': { source: { batches: [[1, 2], [2, 3], [4]] } },
  'saving.json': saving,
  'saving-in.json': { source: { batches: [['a', 'b', 'a'].map((word) => [word, 1]), [], null, [['c', 1]]] } },
  'mixed.json': mixed,
  'mixed-in.json': { source: { batches: [[{ $: 'bigint', v: '1' }]] } },
}
