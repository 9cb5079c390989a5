import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// What is known to be otherwise than in Spark and has no test of its own elsewhere; DIFFERENCES.md tells of it.

const source: NodeText = ['queueStream', { batches: [] }]
const three = { source: { batches: [[1, 2, 3]] } }
const THROWS_ON_3 = "x => { if (x === 3) throw new Error('three'); return x }"

const failuresOf = async (nodes: Readonly<Record<string, NodeText>>): Promise<readonly string[]> => {
  const run = await runPipeline(documentOf({ source, ...nodes }), { batches: 1, inputs: three })
  expect(run.batches).toHaveLength(1)
  return run.failures.map(({ node }) => node)
}

test('print evaluates the whole batch', async () => {
  expect(await failuresOf({ map: ['map', { fn: THROWS_ON_3 }, 'source'], out: ['print', { num: 1 }, 'map'] })).toEqual([
    'map',
  ])
})

test('foreachRDD and transform evaluate their input also when their function does not use it', async () => {
  const map: NodeText = ['map', { fn: THROWS_ON_3 }, 'source']
  expect(await failuresOf({ map, out: ['foreachRDD', { fn: 'rdd => {}' }, 'map'] })).toEqual(['map'])
  const ignores = 'rdd => rdd.sparkContext.parallelize([1])'
  const nodes: Readonly<Record<string, NodeText>> = { map, other: ['transform', { fn: ignores }, 'map'] }
  expect(await failuresOf({ ...nodes, out: ['print', {}, 'other'] })).toEqual(['map'])
})

test('a function of transform that throws fails the jobs that need it, not the generation of the batch', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source,
    broken: ['transform', { fn: 'rdd => null' }, 'source'],
    out: ['print', {}, 'broken'],
    well: ['print', {}, 'source'],
  }
  const run = await runPipeline(documentOf(nodes), { batches: 1, inputs: three })
  expect(run.failures.map(({ node }) => node)).toEqual(['broken'])
  expect(run.batches[0]?.data.outputs.map(({ rows }) => rows)).toEqual([[], [1, 2, 3]])
})

test('the reduce side of a shuffle is kept between the jobs of a batch', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source,
    pairs: ['map', { fn: "x => ['k', x]" }, 'source'],
    calls: ['reduceByKey', { reduce: '() => (calls += 1)' }, 'pairs'],
    once: ['print', {}, 'calls'],
    again: ['print', {}, 'calls'],
  }
  const run = await runPipeline(documentOf(nodes, { prelude: 'let calls = 0' }), {
    batches: 1,
    inputs: { source: { batches: [[1, 2]], partitions: 2 } },
  })
  // One value in each map partition, so that the function runs on the reduce side alone. In Spark the second job runs it again.
  expect(run.batches[0]?.data.outputs.map(({ rows }) => rows)).toEqual([[['k', 1]], [['k', 1]]])
})

test('a constant stream goes on after a recovery', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source: ['constantStream', { records: [1], partitions: 1 }],
    out: ['print', {}, 'source'],
  }
  const store = new MemoryCheckpointStore()
  await runPipeline(documentOf(nodes), { batches: 4, store, killAfterMs: 2000 })
  const after = await runPipeline(documentOf(nodes), { batches: 4, store })
  expect(after.failures).toEqual([])
  expect(after.batches.at(-1)?.data).toMatchObject({ timeMs: 4000, outputs: [{ rows: [1] }] })
})

test('what a function of transform returned is kept between the jobs of a batch', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source,
    counted: ['transform', { fn: 'rdd => rdd.map(() => (calls += 1))' }, 'source'],
    once: ['print', {}, 'counted'],
    again: ['print', {}, 'counted'],
  }
  const run = await runPipeline(documentOf(nodes, { prelude: 'let calls = 0' }), { batches: 1, inputs: three })
  // In Spark the second job computes it again, and shows 4, 5 and 6.
  expect(run.batches[0]?.data.outputs.map(({ rows }) => rows)).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ])
})

test('of several states of one key the first counts, also in a batch without an RDD', async () => {
  const twice = 'all => [...all].flatMap(([key, values, state = 0]) => [[key, state + 1], [key, state + 10]])'
  const nodes: Readonly<Record<string, NodeText>> = {
    source: ['queueStream', { batches: [[['k', 0]], null] }],
    state: ['updateStateByKey', { variant: 'iterator', fn: twice }, 'source'],
    out: ['print', {}, 'state'],
  }
  const run = await runPipeline(documentOf(nodes), { batches: 2 })
  // In Spark the second batch has four states: the function is called for both that the first one left.
  expect(run.batches.map(({ data }) => data.outputs[0]?.rows)).toEqual([
    [
      ['k', 1],
      ['k', 10],
    ],
    [
      ['k', 2],
      ['k', 11],
    ],
  ])
})

test('what functions log is shown with the output operation that they ran for', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source,
    logging: ['map', { fn: 'x => { console.log("map"); return x }' }, 'source'],
    body: ['transform', { fn: 'rdd => { console.log("transform"); return rdd }' }, 'logging'],
    out: ['print', {}, 'body'],
    each: ['foreachRDD', { fn: 'rdd => console.log("foreachRDD")' }, 'body'],
  }
  const run = await runPipeline(documentOf(nodes), { batches: 1, inputs: three })
  expect(run.batches[0]?.data.outputs.map(({ lines }) => lines)).toEqual([[], ['foreachRDD']])
  const logged = run.batches[0]?.data.outputs.map(({ logs }) => logs?.lines.map(({ node, text }) => [node, text]))
  const map = ['logging', 'map']
  expect(logged).toEqual([[map, map, map, ['body', 'transform']], undefined])
})
