import { describe, expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { lowerPipeline } from './lower-pipeline.ts'
import { isSameProgram, unchangedNodes } from './same-program.ts'
import { type Program, stateFates } from './state-fates.ts'
import { streamKeys } from './stream-keys.ts'

const sum = '(values, state) => values.reduce((a, b) => a + b, state ?? 0)'
const nodes = {
  lines: ['simulatedTextStream', { rowsPerSecond: 3 }],
  pairs: ['map', { fn: 'line => [line.length, 1]' }, 'lines'],
  state: ['updateStateByKey', { fn: sum }, 'pairs'],
  window: [
    'reduceByKeyAndWindow',
    { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 5000, slideMs: 1000 },
    'pairs',
  ],
  out: ['print', {}, 'state'],
  out2: ['print', {}, 'window'],
} as const

const base = pipelineOf(nodes)
const programOf = (pipeline: Pipeline): Program => {
  const plan = lowerPipeline(pipeline, { machineCores: 2 })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  return { pipeline, plan: plan.value }
}
const withNode = (id: string, change: object): Pipeline => ({
  ...base,
  nodes: base.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
})
const withParams = (id: string, params: object): Pipeline => {
  const before = base.nodes.find((node) => node.id === id)?.params
  return withNode(id, { params: { ...before, ...params } })
}
const fatesOf = (edited: Pipeline) =>
  Object.fromEntries(stateFates(programOf(base), programOf(edited)).map(({ node, lost }) => [node, lost ?? 'kept']))

describe('the same program', () => {
  test.each<[string, Pipeline]>([
    ['moved nodes', { ...base, nodes: base.nodes.map((node) => ({ ...node, at: [7, 7] })) }],
    [
      'another name and notes',
      { ...base, name: 'Else', description: 'x', nodes: withNode('state', { note: 'x' }).nodes },
    ],
    ['nodes in another order', { ...base, nodes: [...base.nodes].reverse() }],
    ['parameters in another order', withNode('lines', { params: { rowsPerSecond: 3 }, disabled: false })],
    [
      'how missed batches are treated',
      { ...base, settings: { ...base.settings, conf: { 'sluice.skipMissedBatches': true } } },
    ],
  ])('has %s', (_what, edited) => {
    expect(isSameProgram(base, edited)).toBe(true)
  })

  test.each<[string, Pipeline]>([
    ['function', withParams('state', { fn: '() => 1' })],
    ['node switched off', withNode('out2', { disabled: true })],
    ['seed', { ...base, settings: { ...base.settings, seed: 2 } }],
    ['edge', { ...base, edges: base.edges.slice(1) }],
  ])('does not have another %s', (_what, edited) => {
    expect(isSameProgram(base, edited)).toBe(false)
  })
})

test('a node is unchanged with all that is before it', () => {
  expect(unchangedNodes(base, base).size).toBe(6)
  expect([...unchangedNodes(base, withParams('pairs', { fn: 'x => [x, 2]' }))]).toEqual(['lines'])
  expect([...unchangedNodes(base, withParams('window', { windowMs: 6000 }))]).toEqual([
    'lines',
    'pairs',
    'state',
    'out',
  ])
  expect(unchangedNodes(base, { ...base, settings: { ...base.settings, prelude: 'const a = 1' } }).size).toBe(0)
})

test('streams keep their names when nodes come and change places', () => {
  const reversed = { ...base, nodes: [...base.nodes].reverse() }
  expect([...streamKeys(programOf(reversed).plan)].sort()).toEqual([...streamKeys(programOf(base).plan)].sort())
})

describe('a state', () => {
  test.each<[string, Pipeline, object]>([
    ['nothing', base, { state: 'kept', window: 'kept' }],
    ['its function', withParams('state', { fn: '() => 1' }), { state: 'kept', window: 'kept' }],
    [
      'its interval and partitions',
      withParams('state', { checkpointMs: 5000, numPartitions: 7 }),
      { state: 'kept', window: 'kept' },
    ],
    ['what is before it', withParams('pairs', { fn: 'x => [x, 2]' }), { state: 'kept', window: 'before' }],
    [
      'how its function is called',
      withParams('state', { variant: 'iterator', fn: 'i => i' }),
      { state: 'form', window: 'kept' },
    ],
    ['the window', withParams('window', { windowMs: 6000 }), { state: 'kept', window: 'before' }],
    ['the output that needed it', withNode('out', { disabled: true }), { state: 'removed', window: 'kept' }],
    ['the seed', { ...base, settings: { ...base.settings, seed: 2 } }, { state: 'kept', window: 'before' }],
    [
      'the operator',
      withNode('state', { op: 'mapWithState', params: { fn: '(key, value, state) => key' } }),
      { state: 'operator', window: 'kept' },
    ],
  ])('meets a change of %s', (_what, edited, expected) => {
    expect(fatesOf(edited)).toEqual(expected)
  })
})
