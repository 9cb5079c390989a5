import { describe, expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { whyNotConnect } from './can-connect.ts'
import { checkPipeline } from './check-pipeline.ts'
import { executorCount, spendCores } from './executors.ts'
import { resolveGraph } from './graph.ts'

const queue: NodeText = ['queueStream', { batches: [] }]
const map = (from: string): NodeText => ['map', { fn: 'x => x' }, from]
const print = (from: string): NodeText => ['print', {}, from]

const codesOf = (pipeline: Parameters<typeof checkPipeline>[0]): string[] =>
  checkPipeline(pipeline).diagnostics.map(({ code, node, severity }) => `${severity} ${code} ${node ?? ''}`.trim())

describe('the graph', () => {
  test('orders nodes behind their inputs, ties as the document has them', () => {
    const { order, cyclic } = resolveGraph(
      pipelineOf({
        out: print('both'),
        both: ['union', {}, 'right', 'left'],
        left: map('a'),
        right: map('a'),
        a: queue,
      }),
    )
    expect(order.map(({ id }) => id)).toEqual(['a', 'left', 'right', 'both', 'out'])
    expect(cyclic).toEqual([])
  })

  test('keeps inputs in edge order, and equal edges twice', () => {
    const { inputs } = resolveGraph(
      pipelineOf({ a: queue, b: queue, u: ['union', {}, 'b', 'a', 'b'], out: print('u') }),
    )
    expect(inputs.get('u')?.get('in')).toEqual(['b', 'a', 'b'])
  })

  test('sets apart what is on a cycle or behind one', () => {
    const pipeline = pipelineOf({
      a: queue,
      x: ['union', {}, 'a', 'y'],
      y: map('x'),
      behind: print('y'),
      fine: print('a'),
    })
    const { order, cyclic } = resolveGraph(pipeline)
    expect(order.map(({ id }) => id)).toEqual(['a', 'fine'])
    expect(cyclic.map(({ id }) => id)).toEqual(['x', 'y', 'behind'])
    expect(codesOf(pipeline)).toEqual(['error graph/cycle x', 'error graph/cycle y', 'error graph/cycle behind'])
  })

  test('switches off what loses every stream of an input', () => {
    const pipeline = pipelineOf(
      {
        a: queue,
        b: queue,
        off: map('a'),
        behind: map('off'),
        partly: ['union', {}, 'off', 'b'],
        joined: ['join', {}, 'b', 'off>other'],
        out: print('partly'),
        gone: print('behind'),
        lost: print('joined'),
      },
      {},
      ['off'],
    )
    const { off, inputs } = resolveGraph(pipeline)
    expect([...off].sort()).toEqual(['behind', 'gone', 'joined', 'lost', 'off'])
    expect(inputs.get('partly')?.get('in')).toEqual(['b'])
    const checked = checkPipeline(pipeline)
    expect(checked.runnable).toBe(true)
    expect(checked.nodes.get('a')?.live).toBe(false)
    expect(checked.nodes.get('b')?.live).toBe(true)
  })
})

describe('a check', () => {
  test('finds nothing wrong with a whole pipeline', () => {
    const checked = checkPipeline(pipelineOf({ a: queue, m: map('a'), out: print('m') }))
    expect([checked.diagnostics, checked.runnable]).toEqual([[], true])
  })

  test('lets drafts be unfinished, but not run', () => {
    expect(codesOf(pipelineOf({}))).toEqual(['error graph/no-outputs'])
    expect(codesOf(pipelineOf({ a: queue }))).toEqual(['warning graph/not-live a', 'error graph/no-outputs'])
    expect(codesOf(pipelineOf({ m: ['map', { fn: 'x => x' }], a: queue, out: print('a') }))).toEqual([
      'warning graph/missing-input m',
      'warning graph/not-live m',
    ])
    expect(codesOf(pipelineOf({ m: ['map', { fn: 'x => x' }], out: print('m') }))).toEqual([
      'error graph/missing-input m',
    ])
  })

  const wrong: readonly (readonly [string, Readonly<Record<string, NodeText>>])[] = [
    ['error graph/unknown-operator m', { a: queue, m: ['mapp', {}, 'a'], out: print('a') }],
    ['error graph/unknown-port m', { a: queue, m: ['map', { fn: 'x => x' }, 'a', 'a>other'], out: print('m') }],
    ['error graph/too-many-inputs m', { a: queue, m: ['map', { fn: 'x => x' }, 'a', 'a'], out: print('m') }],
    ['error graph/input-is-output m', { a: queue, out: print('a'), m: map('out'), last: print('m') }],
    [
      'error graph/not-pairs r',
      { a: queue, n: ['count', {}, 'a'], r: ['reduceByKey', { reduce: '(a, b) => a' }, 'n'], out: print('r') },
    ],
    [
      'error graph/different-slides u',
      { a: queue, w: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'], u: ['union', {}, 'a', 'w'], out: print('u') },
    ],
  ]
  test.each(wrong)('says %s', (code, nodes) => {
    expect(codesOf(pipelineOf(nodes))).toContain(code)
  })

  test('is not misled by names that every object has', () => {
    expect(codesOf(pipelineOf({ a: queue, m: ['valueOf', {}, 'a'], out: print('a') }))).toContain(
      'error graph/unknown-operator m',
    )
  })

  test('takes a chain of a thousand nodes', () => {
    const nodes: Record<string, NodeText> = { n0: queue }
    for (let index = 1; index < 998; index++) nodes[`n${index}`] = map(`n${index - 1}`)
    expect(checkPipeline(pipelineOf({ ...nodes, out: print('n997') })).runnable).toBe(true)
  })
})

describe('an edge', () => {
  const pipeline = pipelineOf({
    a: queue,
    n: ['count', {}, 'a'],
    m: map('n'),
    u: ['union', {}, 'a'],
    r: ['reduceByKey', { reduce: '(a, b) => a' }],
    w: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'],
    j: ['join', {}],
    out: print('m'),
  })
  test.each([
    ['m', 'm', undefined, 'graph/cycle'],
    ['m', 'n', undefined, 'graph/cycle'],
    ['a', 'n', undefined, 'graph/edge-exists'],
    ['u', 'n', undefined, 'graph/too-many-inputs'],
    ['out', 'u', undefined, 'graph/input-is-output'],
    ['n', 'r', undefined, 'graph/not-pairs'],
    ['a', 'm', 'other', 'graph/unknown-port'],
    ['a', 'a', undefined, 'graph/cycle'],
    ['n', 'a', undefined, 'graph/cycle'],
  ])('from %s to %s (%s) is refused: %s', (from, to, port, code) => {
    expect(whyNotConnect(pipeline, port === undefined ? { from, to } : { from, to, port })?.code).toBe(code)
  })

  test.each([
    ['a', 'u', undefined],
    ['w', 'u', undefined],
    ['a', 'j', 'in'],
    ['a', 'j', 'other'],
    ['m', 'u', undefined],
  ])('from %s to %s (%s) may be drawn', (from, to, port) => {
    expect(whyNotConnect(pipeline, port === undefined ? { from, to } : { from, to, port })).toBeUndefined()
  })
})

describe('the cores of a master', () => {
  const receivers = { a: ['manualStream'], b: ['manualStream'], c: ['manualStream'] } as const
  const outs = { x: print('a'), y: print('b') }

  test.each([
    ['local', 1, 0],
    ['local[2]', 2, 0],
    ['local[5]', 5, 3],
    ['local[*]', 4, 2],
  ])('%s has %i and leaves %i beside two receivers that run', (master, cores, executors) => {
    const pipeline = pipelineOf({ ...receivers, ...outs }, { master })
    expect(spendCores(checkPipeline(pipeline), 4)).toEqual({ cores, receivers: 2, executors })
    expect(executorCount(pipeline, 4)).toBe(executors)
  })

  test('are not taken by receivers that are fed', () => {
    const checked = checkPipeline(pipelineOf({ ...receivers, ...outs }))
    expect(spendCores(checked, 4, { a: {} })).toEqual({ cores: 2, receivers: 1, executors: 1 })
  })
})
