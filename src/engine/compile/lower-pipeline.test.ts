import { expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { type LowerOptions, lowerPipeline } from './lower-pipeline.ts'
import type { Plan } from './plan.ts'

const queue: NodeText = ['queueStream', { batches: [] }]
const print = (from: string): NodeText => ['print', {}, from]

function planOf(
  nodes: Readonly<Record<string, NodeText>>,
  settings: object = {},
  options: Partial<LowerOptions> = {},
): Plan {
  const plan = lowerPipeline(pipelineOf(nodes, settings), { machineCores: 4, ...options })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  return plan.value
}

test('refuses a document with errors, and says them all', () => {
  const plan = lowerPipeline(pipelineOf({ a: queue, m: ['mapp', {}, 'a'], n: ['map', {}, 'a'], out: print('n') }), {
    machineCores: 1,
  })
  expect(plan.ok ? [] : plan.error.map(({ code }) => code)).toEqual(['graph/unknown-operator', 'param/missing'])
})

test('leaves out what reaches no output, and counts ids in the order of the document', () => {
  const plan = planOf({
    second: print('m'),
    b: queue,
    idle: ['map', { fn: 'x => x' }, 'b'],
    first: print('b'),
    m: ['map', { fn: 'x => x' }, 'a'],
    a: queue,
  })
  expect(plan.streams.map(({ node }) => node).sort()).toEqual(['a', 'b', 'm'])
  expect(plan.outputs.map(({ name }) => name)).toEqual(['print at second', 'print at first'])
  expect(plan.inputs.map(({ inputStreamId, node }) => [inputStreamId, node])).toEqual([
    [0, 'b'],
    [1, 'a'],
  ])
})

test('counts a source once, however many outputs it feeds directly', () => {
  const plan = planOf({ a: ['manualStream'], one: print('a'), two: print('a') }, { master: 'local[2]' })
  expect(plan.inputs.map(({ node }) => node)).toEqual(['a'])
  expect(plan.executors).toBe(1)
})

test('shows one stream per node and hides the others of a compound operator', () => {
  const plan = planOf({ a: queue, n: ['count', {}, 'a'], out: print('n') })
  const visible = plan.streams.filter((stream) => stream.visible)
  expect(visible.map(({ node }) => node)).toEqual(['a', 'n'])
  expect(plan.streams.filter(({ node }) => node === 'n').length).toBeGreaterThan(1)
})

test('keeps what windows and states come back to: the first stream below that is no window', () => {
  const plan = planOf({
    a: queue,
    pairs: ['map', { fn: 'x => [x, 1]' }, 'a'],
    one: ['window', { windowMs: 2000 }, 'pairs'],
    two: ['window', { windowMs: 4000 }, 'one'],
    state: ['updateStateByKey', { fn: '(v, s) => s' }, 'two'],
    out: print('state'),
  })
  const kept = plan.streams.filter(({ persist }) => persist).map(({ node }) => node)
  expect(kept).toEqual(['pairs', 'state'])
})

test('keeps both sides of an incremental window', () => {
  const params = { reduce: '(a, b) => a', inverse: '(a, b) => a', windowMs: 2000 }
  const plan = planOf({ a: queue, w: ['reduceByKeyAndWindow', params, 'a'], out: print('w') })
  expect(plan.streams.filter(({ persist }) => persist).map(({ spec }) => spec.kind)).toEqual([
    'shuffled',
    'reducedWindow',
  ])
})

test('puts feeds in place of sources, and outputs behind collected nodes', () => {
  const feed = { kind: 'indexed', batches: [[1]], partitions: 3 } as const
  const plan = planOf(
    { a: ['manualStream'], m: ['map', { fn: 'x => x' }, 'a'] },
    { master: 'local[1]' },
    { feeds: { a: feed }, collect: ['m'] },
  )
  expect(plan.streams[0]?.spec).toEqual({ kind: 'source', feed })
  expect(plan.outputs).toMatchObject([{ node: 'm', name: 'collect at m', action: { kind: 'collect' } }])
  expect(plan.executors).toBe(1)
})

test('takes the default parallelism from the configuration, or else from the cores', () => {
  const nodes = { a: queue, out: print('a') }
  expect(planOf(nodes, { master: 'local[3]' }).defaultParallelism).toBe(3)
  expect(planOf(nodes, { master: 'local[*]' }).defaultParallelism).toBe(4)
  expect(planOf(nodes, { conf: { 'spark.default.parallelism': '7' } }).defaultParallelism).toBe(7)
})

test('is plain data', () => {
  const plan = planOf({ a: queue, n: ['count', {}, 'a'], out: print('n') })
  expect(structuredClone(plan)).toEqual(plan)
})
