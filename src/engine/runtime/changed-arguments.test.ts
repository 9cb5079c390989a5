import { expect, test } from 'vitest'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Spark keeps what it persists and shuffles serialized, so that a function may change the objects it is given.

const source: NodeText = ['queueStream', { batches: [] }]
const inputs = { a: { batches: [[{ k: 'a' }], [{ k: 'b' }], [{ k: 'c' }]], partitions: 1 } }
const window = { windowMs: 3000, slideMs: 1000 }
const touch = 'x => { x.n = (x.n ?? 0) + 1; return x }'
const add = '(a, b) => { a.v += b.v; return a }'
const subtract = '(a, b) => { a.v -= b.v; return a }'
const ones: NodeText = ['map', { fn: 'x => ["k", { v: 1 }]' }, 'a']

const run = async (nodes: Readonly<Record<string, NodeText>>, collect: readonly string[], settings: object = {}) => {
  const finished = await runPipeline(
    documentOf({ a: source, ...nodes, out: ['print', {}, collect[0] ?? ''] }, settings),
    {
      batches: 5,
      inputs,
      collect,
    },
  )
  expect(finished.failures).toEqual([])
  return (node: string) => finished.recordsOf(node).map(({ records }) => records)
}

test.each([
  ['map', touch],
  ['mapPartitions', `all => { for (const x of all) x.n = (x.n ?? 0) + 1; return all }`],
  ['transform', `rdd => rdd.map(${touch})`],
])('%s may change records of a window', async (op, fn) => {
  const recordsOf = await run({ w: ['window', window, 'a'], r: [op, { fn }, 'w'] }, ['r', 'w'])
  const touched = (...keys: string[]) => keys.map((k) => ({ k, n: 1 }))
  expect(recordsOf('r').slice(0, 4)).toEqual([
    touched('a'),
    touched('a', 'b'),
    touched('a', 'b', 'c'),
    touched('b', 'c'),
  ])
  expect(recordsOf('w')[1]).toEqual([{ k: 'a' }, { k: 'b' }])
})

test.each([
  ['cache', {}, touch],
  ['reduceByKey', { reduce: '(a, b) => a' }, '([k, x]) => { x.v += 10; return [k, x] }'],
])('each output sees what %s keeps as it was', async (op, params, fn) => {
  const nodes: Record<string, NodeText> = {
    o: ones,
    kept: [op, params, 'o'],
    r: ['map', { fn }, 'kept'],
    s: ['map', { fn }, 'kept'],
  }
  const recordsOf = await run(nodes, ['r', 's'])
  expect(recordsOf('s')).toEqual(recordsOf('r'))
})

test('shared code may change what functions hand to it', async () => {
  const nodes: Record<string, NodeText> = { w: ['window', window, 'a'], r: ['map', { fn: 'touch' }, 'w'] }
  const recordsOf = await run(nodes, ['r'], { prelude: `const touch = ${touch}` })
  expect(recordsOf('r')[2]?.map((x) => Object(x).n)).toEqual([1, 1, 1])
})

test.each([
  ['reduceByKeyAndWindow', { reduce: add, ...window }, [1, 2, 3, 2, 1]],
  ['reduceByKeyAndWindow', { reduce: add, inverse: subtract, ...window }, [1, 2, 3, 2, 1]],
])('%s %o may change what it reduces', async (op, params, counts) => {
  const recordsOf = await run({ o: ones, r: [op, params, 'o'] }, ['r'])
  expect(recordsOf('r')).toEqual(counts.map((v) => [['k', { v }]]))
})

test.each([{}, { inverse: subtract }])('reduceByWindow %o may change what it reduces', async (inverse) => {
  const nodes: Record<string, NodeText> = {
    o: ['map', { fn: 'x => ({ v: 1 })' }, 'a'],
    r: ['reduceByWindow', { reduce: add, ...inverse, ...window }, 'o'],
  }
  const recordsOf = await run(nodes, ['r'])
  expect(recordsOf('r')).toEqual([1, 2, 3, 2, 1].map((v) => [{ v }]))
})
