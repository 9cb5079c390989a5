import type { EngineOptions, NodeText } from '#e2e/bench/engine/engine-run.ts'

/** A pipeline of some size. */
export interface Sized {
  readonly nodes: Readonly<Record<string, NodeText>>
  readonly options?: EngineOptions
  /** Batches until it is as large as it gets. */
  readonly fillBatches?: number
}

export interface Series {
  readonly name: string
  readonly sizes: readonly number[]
  make(size: number): Sized
  /** Largest exponent of the cost in the size that is as it should be. */
  readonly most: number
  /** What is expected, as a sentence. */
  readonly expected: string
}

/** What is drawn in one picture. */
export interface PlotOf {
  readonly id: string
  readonly title: string
  /** What the sizes count. */
  readonly unit: string
  readonly series: readonly Series[]
}

/** Room for noise, and for what no longer fits the processor’s caches. */
const LINEAR = 1.25
/** What is called constant: the cost may double where the size grows thousandfold. */
const CONSTANT = 0.1

const TEN_FOLD = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
const NODES = [5, 15, 50, 150, 500]
const PANES = [5, 30, 150, 600, 3_600]

const out: NodeText = ['print', { num: 1 }, 'end']
const one: NodeText = ['constantStream', { records: [0], partitions: 1 }]
const ADD = '(a, b) => a + b'

/** Rows [key, value] that the shared code holds: `records` of them over `keys`. */
const rows = (records: number, keys: number): string =>
  `const rows = Array.from({ length: ${records} }, (_, i) => ['key-' + ((i * 7919) % ${keys}), i % 100])`

const byKey = (records: number, keys: number): Sized => ({
  nodes: { one, rows: ['flatMap', { fn: '() => rows' }, 'one'], end: ['reduceByKey', { reduce: ADD }, 'rows'], out },
  options: { prelude: rows(records, keys) },
})

/** A batch of a thousand values for a thousand keys into windows of so many batches. */
const windowed = (panes: number, more: Readonly<Record<string, unknown>>): Sized => ({
  nodes: {
    one,
    rows: ['flatMap', { fn: '() => rows' }, 'one'],
    end: ['reduceByKeyAndWindow', { reduce: ADD, windowMs: panes * 1_000, ...more }, 'rows'],
    out,
  },
  options: { prelude: rows(1_000, 1_000), checkpoint: more.inverse !== undefined },
  fillBatches: panes + 2,
})

/** All keys in the first batch, a thousand of them in each that follows. */
const stateful = (keys: number, state: NodeText): Sized => ({
  nodes: { one, rows: ['flatMap', { fn: '() => batch++ === 0 ? rows : few' }, 'one'], end: state, out },
  options: { prelude: `${rows(keys, keys)}\nconst few = rows.slice(0, 1000)\nlet batch = 0`, checkpoint: true },
  fillBatches: 2,
})

export const plots: readonly PlotOf[] = [
  {
    id: 'records',
    title: 'Records in a batch',
    unit: 'records',
    series: [
      {
        name: 'added up by 1,000 keys',
        sizes: TEN_FOLD,
        make: (size) => byKey(size, 1_000),
        most: LINEAR,
        expected: 'In proportion to the records.',
      },
      {
        name: 'each with a key of its own',
        sizes: TEN_FOLD,
        make: (size) => byKey(size, size),
        most: LINEAR,
        expected: 'In proportion to the keys; somewhat more where they no longer fit the processor’s caches.',
      },
    ],
  },
  {
    id: 'nodes',
    title: 'Nodes',
    unit: 'nodes',
    series: [
      {
        name: 'in a chain, 1,000 records through all',
        sizes: NODES,
        make: (size) => ({ nodes: chainOf(size), options: { prelude: rows(1_000, 1_000) } }),
        most: LINEAR,
        expected: 'In proportion to the nodes: each record passes all of them.',
      },
      {
        name: 'side by side, a map and an output each',
        sizes: NODES,
        make: (size) => ({ nodes: sideBySide(size), options: { prelude: rows(100, 100) } }),
        most: LINEAR,
        expected: 'In proportion to the nodes: each output is a job of its own.',
      },
    ],
  },
  {
    id: 'windows',
    title: 'Length of a window, 1,000 keys in each pane',
    unit: 'panes',
    series: [
      {
        name: 'reduceByKeyAndWindow',
        sizes: PANES,
        make: (size) => windowed(size, {}),
        most: CONSTANT,
        expected: 'The same for all lengths: a slide combines what it has, not the whole window again.',
      },
      {
        name: 'reduceByKeyAndWindow with inverse',
        sizes: PANES,
        make: (size) => windowed(size, { inverse: '(a, b) => a - b' }),
        most: CONSTANT,
        expected: 'The same for all lengths: what leaves is taken out, what comes is added.',
      },
    ],
  },
  {
    id: 'state',
    title: 'Keys in a state, 1,000 of them touched',
    unit: 'keys',
    series: [
      {
        name: 'updateStateByKey',
        sizes: TEN_FOLD,
        make: (size) =>
          stateful(size, [
            'updateStateByKey',
            { fn: '(values, sum = 0) => values.length === 0 ? sum : sum + values[0]' },
            'rows',
          ]),
        most: LINEAR,
        expected: 'In proportion to the keys: Spark calls the function for each of them in each batch.',
      },
      {
        name: 'mapWithState',
        sizes: TEN_FOLD,
        make: (size) =>
          stateful(size, [
            'mapWithState',
            { fn: '(key, value, state) => { state.update((state.getOption() ?? 0) + value); return key }' },
            'rows',
          ]),
        most: CONSTANT,
        expected: 'The same for all sizes: only keys with new values are touched.',
      },
    ],
  },
]

function chainOf(size: number): Readonly<Record<string, NodeText>> {
  const nodes: Record<string, NodeText> = { one, step0: ['flatMap', { fn: '() => rows' }, 'one'] }
  for (let step = 1; step < size; step++) nodes[`step${step}`] = ['map', { fn: 'row => row' }, `step${step - 1}`]
  return { ...nodes, end: ['filter', { fn: 'row => row[1] > 50' }, `step${size - 1}`], out }
}

function sideBySide(size: number): Readonly<Record<string, NodeText>> {
  const nodes: Record<string, NodeText> = { one, rows: ['flatMap', { fn: '() => rows' }, 'one'] }
  for (let at = 0; at < size / 2; at++) {
    nodes[`map${at}`] = ['map', { fn: 'row => row[1]' }, 'rows']
    nodes[`out${at}`] = ['print', { num: 1 }, `map${at}`]
  }
  return nodes
}
