import { describe, expect, test } from 'vitest'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// A function that throws fails its job and nothing else: no executor waits for a peer, and the next batch runs.

const source: NodeText = ['queueStream', { batches: [] }]
const print = (from: string): NodeText => ['print', {}, from]
const throwing = (what: string): string => `x => { if (${what}) throw new Error('on purpose'); return x }`
const on13 = throwing('x[1] === 13')
const reduceTo13 = "(a, b) => { if (a + b === 14) throw new Error('on purpose'); return a + b }"
const sum = '(a, b) => a + b'

const even = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => [key, 1])
const odd = [...even, ['a', 13], ['z', 2]]
const inputs = { a: { batches: [even, odd, even], partitions: 4 }, b: { batches: [even, even, even], partitions: 3 } }

/** What fails in the second of three batches, by the node that is named. */
const pipelines: readonly (readonly [string, string, Readonly<Record<string, NodeText>>])[] = [
  ['a narrow step', 'bad', { bad: ['map', { fn: on13 }, 'a'], out: print('bad') }],
  [
    'a step before a shuffle',
    'bad',
    { bad: ['map', { fn: on13 }, 'a'], sums: ['reduceByKey', { reduce: sum }, 'bad'], out: print('sums') },
  ],
  ['the map side', 'bad', { bad: ['reduceByKey', { reduce: reduceTo13 }, 'a'], out: print('bad') }],
  [
    'the reduce side',
    'bad',
    {
      first: ['repartition', { numPartitions: 7 }, 'a'],
      bad: ['reduceByKey', { reduce: reduceTo13 }, 'first'],
      out: print('bad'),
    },
  ],
  [
    'one side of a join, with a shuffle on the other',
    'bad',
    {
      bad: ['map', { fn: on13 }, 'a'],
      sums: ['reduceByKey', { reduce: sum, numPartitions: 5 }, 'b'],
      both: ['join', { numPartitions: 3 }, 'bad', 'sums>other'],
      out: print('both'),
    },
  ],
  [
    'the shuffled side of a join',
    'bad',
    {
      bad: ['reduceByKey', { reduce: reduceTo13, numPartitions: 5 }, 'a'],
      both: ['join', { numPartitions: 3 }, 'b', 'bad>other'],
      after: ['reduceByKey', { reduce: '(a, b) => a', numPartitions: 2 }, 'both'],
      out: print('after'),
    },
  ],
  [
    'a record that is no pair',
    'bad',
    {
      flat: ['map', { fn: '([key, n]) => n === 13 ? n : [key, n]' }, 'a'],
      bad: ['reduceByKey', { reduce: sum }, 'flat'],
      out: print('bad'),
    },
  ],
  [
    'a partition',
    'bad',
    {
      bad: [
        'mapPartitions',
        {
          fn: "it => { const all = [...it]; if (all.some(x => x[1] === 13)) throw new Error('on purpose'); return all }",
        },
        'a',
      ],
      out: print('bad'),
    },
  ],
  [
    'a foreachRDD body',
    'bad',
    { bad: ['foreachRDD', { fn: "rdd => { if (rdd.count() > 8) throw new Error('on purpose') }" }, 'a'] },
  ],
]

describe.each([1, 2, 4, 8])('with %i executors', (executors) => {
  test.each(pipelines)('a failure in %s fails its batch alone', async (_where, node, nodes) => {
    const document = documentOf(
      { a: source, b: source, ...nodes, good: ['count', {}, 'a'], last: print('good') },
      { master: `local[${executors}]` },
    )
    const run = await runPipeline(document, { batches: 3, inputs, collect: ['good'] })
    expect(run.failures.map(({ timeMs }) => timeMs)).toEqual([2000])
    expect(run.failures[0]?.node).toBe(node)
    expect(run.warnings).toEqual([])
    expect(run.batches.map(({ info }) => info.batchTimeMs)).toEqual([1000, 2000, 3000])
    const failed = run.batches[1]?.info.outputs.map(({ failureReason }) => failureReason !== undefined)
    expect(failed).toEqual([true, false, false])
  })

  test('a job that failed is tried again by the next one that needs it', async () => {
    const document = documentOf(
      {
        a: source,
        bad: ['map', { fn: on13 }, 'a'],
        sums: ['reduceByKey', { reduce: sum }, 'bad'],
        twice: ['mapValues', { fn: 'x => 2 * x' }, 'sums'],
        one: print('sums'),
        two: print('twice'),
      },
      { master: `local[${executors}]` },
    )
    const run = await runPipeline(document, { batches: 3, inputs })
    const failed = run.batches.map(({ info }) => info.outputs.filter((each) => each.failureReason !== undefined).length)
    expect(failed).toEqual([0, 2, 0])
    // The same failure, reported once.
    expect(run.failures).toHaveLength(1)
  })

  test('state goes on from before a batch that failed', async () => {
    const document = documentOf(
      {
        a: source,
        state: [
          'updateStateByKey',
          {
            fn: "(values, state) => { if (values.includes(13)) throw new Error('on purpose'); return (state ?? 0) + values.length }",
          },
          'a',
        ],
        out: print('state'),
      },
      { master: `local[${executors}]` },
    )
    const run = await runPipeline(document, { batches: 3, inputs, collect: ['state'] })
    // The state of the second batch never comes to be, so neither does the third.
    expect(run.failures.map(({ timeMs }) => timeMs)).toEqual([2000, 3000])
    expect(run.failures[1]).toMatchObject({ node: 'state', param: 'fn', line: 1 })
  })
})

describe('the report of a failure', () => {
  test('names node, parameter, record, line and column', async () => {
    const fn = 'x => {\n  const y = x.length\n  return y.missing.property\n}'
    const document = documentOf(
      { a: source, bad: ['map', { fn }, 'a'], out: print('bad') },
      { prelude: '// one\n// two' },
    )
    const run = await runPipeline(document, { batches: 1, inputs: { a: { batches: [['word']] } } })
    expect(run.failures).toEqual([
      {
        timeMs: 1000,
        node: 'bad',
        param: 'fn',
        message: expect.stringContaining('property'),
        record: expect.stringContaining('word'),
        line: 3,
        column: expect.any(Number),
      },
    ])
  })

  test.each([1, 2])('names the node that made what is no record, over %i executors', async (executors) => {
    const nodes: Readonly<Record<string, NodeText>> = {
      a: source,
      bad: ['map', { fn: 'n => [n, n === 30 ? () => n : n]' }, 'a'],
      groups: ['groupByKey', {}, 'bad'],
      out: print('groups'),
    }
    // The first records are looked at as samples, the last only when they travel or are shown.
    const batches = [Array.from({ length: 40 }, (_, n) => n), [30]]
    const run = await runPipeline(documentOf(nodes, { master: `local[${executors}]` }), {
      batches: 2,
      inputs: { a: { batches } },
      collect: ['groups'],
    })
    expect(run.warnings).toEqual([])
    expect(run.failures.map(({ timeMs }) => timeMs)).toContain(2000)
    for (const { node, message } of run.failures) {
      expect(['bad', 'groups']).toContain(node)
      expect(message).toContain('a function')
    }
  })

  test.each([
    ['a function', '() => n'],
    ['a symbol', "Symbol('s')"],
    ['a Map', 'new Map()'],
    ['an instance of Visit', 'new (class Visit {})()'],
    ['.self of the value', '(() => { const o = {}; o.self = o; return o })()'],
  ])('refuses %s at a shuffle, on one core as on many', async (what, made) => {
    const nodes: Readonly<Record<string, NodeText>> = {
      a: source,
      pairs: ['map', { fn: `n => [n % 3, n === 30 ? ${made} : n]` }, 'a'],
      groups: ['groupByKey', {}, 'pairs'],
      sizes: ['mapValues', { fn: 'values => values.length' }, 'groups'],
      out: print('sizes'),
    }
    const batches = [Array.from({ length: 40 }, (_, n) => n), [1, 2]]
    const told: string[] = []
    for (const executors of [1, 2]) {
      const run = await runPipeline(documentOf(nodes, { master: `local[${executors}]` }), {
        batches: 2,
        inputs: { a: { batches } },
      })
      expect(run.failures.map(({ timeMs, node }) => [timeMs, node])).toEqual([[1000, 'groups']])
      expect(run.failures[0]?.record).toContain('[')
      told.push(run.failures[0]?.message ?? '')
      expect(run.batches.map(({ data }) => data.failures.length)).toEqual([1, 0])
    }
    expect(told[0]).toContain(what)
    expect(told[1]).toBe(told[0])
  })

  test('names the state that cannot be stored', async () => {
    const fn = '(values, state) => values[0] === 40 ? () => 1 : 1'
    const pairs = Array.from({ length: 41 }, (_, n) => [n, n])
    const document = documentOf(
      { a: source, state: ['updateStateByKey', { fn, checkpointMs: 1000 }, 'a'], out: print('state') },
      { master: 'local[1]' },
    )
    const run = await runPipeline(document, { batches: 1, inputs: { a: { batches: [pairs] } } })
    expect(run.failures).toMatchObject([{ node: 'state', message: expect.stringContaining('a function') }])
  })

  test('is bounded, whatever is thrown', async () => {
    const fn = "x => { throw { get message() { throw new Error('again') } } }"
    const document = documentOf({ a: source, bad: ['map', { fn }, 'a'], out: print('bad') })
    const run = await runPipeline(document, { batches: 1, inputs: { a: { batches: [['x'.repeat(100_000)]] } } })
    expect(run.failures).toHaveLength(1)
    expect(run.failures[0]?.record?.length).toBeLessThan(1_000)
  })
})
