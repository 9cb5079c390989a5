import { describe, expect, test } from 'vitest'
import type { Json } from '#engine/model/json.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Small timelines for what Spark means by its operators: start-up, empty batches, batches without an RDD, windows, state.

type Batches = readonly (readonly Json[] | null)[]
type Timeline = readonly (readonly [timeMs: number, records: readonly Json[]])[]

const source: NodeText = ['queueStream', { batches: [] }]

/** Runs `node` over indexed inputs `a` (and `b`) and gives its batches, records sorted by their text. */
async function timeline(
  node: NodeText,
  inputs: Readonly<Record<string, Batches>>,
  batches: number,
): Promise<{ readonly batches: Timeline; readonly failures: readonly (readonly [number, string])[] }> {
  const sources = Object.fromEntries(Object.keys(inputs).map((id) => [id, source]))
  const run = await runPipeline(documentOf({ ...sources, node, out: ['print', {}, 'node'] }), {
    batches,
    inputs: Object.fromEntries(Object.entries(inputs).map(([id, each]) => [id, { batches: each, partitions: 2 }])),
    collect: ['node'],
  })
  const byText = (a: Json, b: Json): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  return {
    batches: run.recordsOf('node').map(({ timeMs, records }) => [timeMs, [...records].sort(byText)]),
    failures: run.failures.map(({ timeMs, message }) => [timeMs, message]),
  }
}

const sum = '(a, b) => a + b'
const total = '(values, state) => values.reduce((a, b) => a + b, state ?? 0)'

describe('a batch without an RDD', () => {
  const values = { a: [[1], null, [2]] }
  const pairs = { a: [[['k', 1]], null, [['k', 2]]] }
  const both = { ...pairs, b: [[['k', 'x']], [['k', 'y']], [['k', 'z']]] }

  const passedOn: readonly [NodeText, Readonly<Record<string, Batches>>][] = [
    [['map', { fn: 'x => x' }, 'a'], values],
    [['flatMap', { fn: 'x => [x]' }, 'a'], values],
    [['filter', { fn: 'x => true' }, 'a'], values],
    [['glom', {}, 'a'], values],
    [['mapPartitions', { fn: 'x => x' }, 'a'], values],
    [['reduce', { reduce: sum }, 'a'], values],
    [['countByValue', {}, 'a'], values],
    [['mapValues', { fn: 'x => x' }, 'a'], pairs],
    [['flatMapValues', { fn: 'x => [x]' }, 'a'], pairs],
    [['reduceByKey', { reduce: sum }, 'a'], pairs],
    [['groupByKey', {}, 'a'], pairs],
  ]
  test.each(passedOn)('has none behind %j either', async (node, inputs) => {
    const result = await timeline(node, inputs, 3)
    expect(result.failures).toEqual([])
    expect(result.batches.map(([timeMs]) => timeMs)).toEqual([1000, 3000])
  })

  const failing: readonly [NodeText, Readonly<Record<string, Batches>>, string][] = [
    [['union', {}, 'a', 'b'], both, 'Could not generate RDD from a parent for unifying at time 2000 ms'],
    [['count', {}, 'a'], values, "Couldn't generate RDD from parent at time 2000 ms"],
    [['repartition', { numPartitions: 2 }, 'a'], values, "Couldn't generate RDD from parent at time 2000 ms"],
    [['cogroup', {}, 'a', 'b>other'], both, "Couldn't generate RDD from parent at time 2000 ms"],
    [['join', {}, 'a', 'b>other'], both, "Couldn't generate RDD from parent at time 2000 ms"],
    [['fullOuterJoin', {}, 'b', 'a>other'], both, "Couldn't generate RDD from parent at time 2000 ms"],
  ]
  test.each(failing)('fails the generation of %j, and only that', async (node, inputs, message) => {
    const result = await timeline(node, inputs, 3)
    expect(result.failures).toEqual([[2000, message]])
    expect(result.batches.map(([timeMs]) => timeMs)).toEqual([1000, 3000])
  })

  test('leaves the state as the function makes it without values', async () => {
    const result = await timeline(['updateStateByKey', { fn: total }, 'a'], pairs, 4)
    expect(result.batches).toEqual([
      [1000, [['k', 1]]],
      [2000, [['k', 1]]],
      [3000, [['k', 3]]],
      [4000, [['k', 3]]],
    ])
  })

  test('gives no state as long as there was none, and the initial one waits', async () => {
    const node: NodeText = ['updateStateByKey', { fn: total, initial: [['i', 10]] }, 'a']
    const result = await timeline(node, { a: [null, null, [['k', 1]], null] }, 4)
    expect(result.failures).toEqual([])
    const both = [
      ['i', 10],
      ['k', 1],
    ]
    expect(result.batches).toEqual([
      [3000, both],
      [4000, both],
    ])
  })

  test('is skipped by windows', async () => {
    const window = await timeline(['window', { windowMs: 2000, slideMs: 1000 }, 'a'], values, 4)
    expect(window.batches).toEqual([
      [1000, [1]],
      [2000, [1]],
      [3000, [2]],
      [4000, [2]],
    ])
    const nothing = await timeline(['window', { windowMs: 2000, slideMs: 1000 }, 'a'], { a: [null, null] }, 2)
    expect(nothing.batches).toEqual([
      [1000, []],
      [2000, []],
    ])
  })
})

describe('an empty batch', () => {
  test('counts as 0 and reduces to nothing', async () => {
    expect((await timeline(['count', {}, 'a'], { a: [[]] }, 1)).batches).toEqual([[1000, [0]]])
    expect((await timeline(['reduce', { reduce: sum }, 'a'], { a: [[]] }, 1)).batches).toEqual([[1000, []]])
  })

  test('still runs its output operations', async () => {
    const run = await runPipeline(documentOf({ a: source, out: ['print', {}, 'a'] }), {
      batches: 2,
      inputs: { a: { batches: [] } },
    })
    expect(run.batches.map(({ data }) => data.outputs)).toMatchObject([[{ rows: [] }], [{ rows: [] }]])
  })
})

describe('windows', () => {
  const ones = { a: [[['k', 1]], [['k', 2]], [['k', 4]]] }

  test('are shorter at the start and when the input has ended', async () => {
    const result = await timeline(['window', { windowMs: 3000, slideMs: 1000 }, 'a'], { a: [[1], [2], [3]] }, 6)
    expect(result.batches.map(([, records]) => records)).toEqual([[1], [1, 2], [1, 2, 3], [2, 3], [3], []])
  })

  test('shorter than their slide lose what lies between', async () => {
    const result = await timeline(['window', { windowMs: 1000, slideMs: 2000 }, 'a'], { a: [[1], [2], [3], [4]] }, 4)
    expect(result.batches).toEqual([
      [2000, [2]],
      [4000, [4]],
    ])
  })

  const inverse = { reduce: sum, inverse: '(a, b) => a - b', windowMs: 2000, slideMs: 1000 }

  test('with an inverse keep a key at zero for ever, unless it is filtered', async () => {
    const kept = await timeline(['reduceByKeyAndWindow', inverse, 'a'], ones, 6)
    expect(kept.batches.map(([, records]) => records)).toEqual([1, 3, 6, 4, 0, 0].map((value) => [['k', value]]))
    const filter = '([key, value]) => value !== 0'
    const filtered = await timeline(['reduceByKeyAndWindow', { ...inverse, filter }, 'a'], ones, 6)
    expect(filtered.batches.map(([, records]) => records.length)).toEqual([1, 1, 1, 1, 0, 0])
  })

  test('without an inverse forget a key that has left', async () => {
    const { inverse: _inverse, ...plain } = inverse
    const result = await timeline(['reduceByKeyAndWindow', plain, 'a'], ones, 6)
    expect(result.batches.map(([, records]) => records.length)).toEqual([1, 1, 1, 1, 0, 0])
  })

  test('subtract before they add', async () => {
    const order = { reduce: "(a, b) => a + '+' + b", inverse: "(a, b) => a + '-' + b", windowMs: 2000, slideMs: 1000 }
    const result = await timeline(
      ['reduceByKeyAndWindow', order, 'a'],
      { a: [[['k', 'x']], [['k', 'y']], [['k', 'z']]] },
      3,
    )
    expect(result.batches.map(([, records]) => records)).toEqual([[['k', 'x']], [['k', 'x+y']], [['k', 'x+y-x+z']]])
  })

  test('count nothing before the first record, then 0 too', async () => {
    const node: NodeText = ['countByWindow', { windowMs: 2000, slideMs: 1000 }, 'a']
    const result = await timeline(node, { a: [[], ['x'], [], []] }, 5)
    expect(result.batches.map(([, records]) => records)).toEqual([[], [1], [1], [0], [0]])
  })
})

describe('start-up', () => {
  const stateful: NodeText = ['updateStateByKey', { fn: total }, 'a']
  const refused: readonly [string, Readonly<Record<string, NodeText>>, object, string][] = [
    ['outputs are missing', { a: source }, {}, 'No output operations registered, so nothing to execute'],
    [
      'state has no checkpoint directory',
      { a: source, node: stateful, out: ['print', {}, 'node'] },
      { checkpoint: false },
      'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
    ],
    [
      'a checkpoint interval is no multiple',
      { a: source, node: ['updateStateByKey', { fn: total, checkpointMs: 1500 }, 'a'], out: ['print', {}, 'node'] },
      {},
      'The checkpoint interval for StateDStream has been set to 1500 ms which not a multiple of its slide time (1000 ms). Please set it to a multiple of 1000 ms.',
    ],
    [
      'a checkpoint interval is too short',
      { a: source, node: ['updateStateByKey', { fn: total, checkpointMs: 1000 }, 'a'], out: ['print', {}, 'node'] },
      { batchMs: 2000 },
      'The checkpoint interval for StateDStream has been set to 1000 ms which is lower than its slide time (2000 ms). Please set it to at least 2000 ms.',
    ],
    [
      'a window is no multiple',
      { a: source, node: ['window', { windowMs: 1500, slideMs: 1000 }, 'a'], out: ['print', {}, 'node'] },
      {},
      'The window duration of windowed DStream (1500 ms) must be a multiple of the slide duration of parent DStream (1000 ms)',
    ],
    [
      'a slide is no multiple',
      { a: source, node: ['window', { windowMs: 2000, slideMs: 1500 }, 'a'], out: ['print', {}, 'node'] },
      {},
      'The slide duration of windowed DStream (1500 ms) must be a multiple of the slide duration of parent DStream (1000 ms)',
    ],
    [
      'slides differ',
      {
        a: source,
        slow: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'],
        node: ['union', {}, 'a', 'slow'],
        out: ['print', {}, 'node'],
      },
      {},
      'different slide durations',
    ],
  ]
  test.each(refused)('is refused in the words of Spark when %s', async (_what, nodes, settings, message) => {
    await expect(runPipeline(documentOf(nodes, settings), { batches: 1 })).rejects.toThrow(message)
  })
})

describe('the same document and seed', () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    lines: ['simulatedTextStream', { rowsPerSecond: 20 }],
    words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
    pairs: ['map', { fn: 'word => [word, word.length]' }, 'words'],
    sums: ['reduceByKey', { reduce: sum }, 'pairs'],
    groups: ['groupByKey', {}, 'pairs'],
    state: ['updateStateByKey', { fn: total }, 'pairs'],
    joined: ['join', {}, 'sums', 'state>other'],
    window: ['reduceByKeyAndWindow', { reduce: sum, inverse: '(a, b) => a - b', windowMs: 3000 }, 'pairs'],
    out: ['print', { num: 5 }, 'joined'],
  }
  const collect = ['words', 'sums', 'groups', 'state', 'joined', 'window']
  const outputs = async (settings: object) => {
    const run = await runPipeline(documentOf(nodes, settings), { batches: 5, collect })
    expect(run.failures).toEqual([])
    return run.batches.map(({ data }) => data)
  }

  test('give the same batches in the same order, sample by sample', async () => {
    expect(await outputs({})).toEqual(await outputs({}))
  })

  test('give them over 1, 2, 3 and 4 executors when the partitions are as many', async () => {
    const conf = { 'spark.default.parallelism': 4 }
    const one = await outputs({ master: 'local[1]', conf })
    for (const master of ['local[2]', 'local[3]', 'local[4]']) expect(await outputs({ master, conf })).toEqual(one)
  })

  test('and another seed give something else', async () => {
    expect(await outputs({})).not.toEqual(await outputs({ seed: 2 }))
  })
})
