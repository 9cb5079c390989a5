import { expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { lowerPipeline } from './lower-pipeline.ts'

// What Spark refuses when a graph is built or started, by the names of its cases. Some cannot be written as a document: union-different-contexts
// (a document has one), persist-after-start and checkpoint-after-start (a running graph does not change). Of remember-twice see rdd-cleanup.test.ts.

const a: NodeText = ['queueStream', { batches: [] }]
const reduce = '(x, y) => x + y'
const byKey = (windowMs: number, slideMs: number, more: object = {}): NodeText => [
  'reduceByKeyAndWindow',
  { reduce, windowMs, slideMs, ...more },
  'a',
]
const state = (checkpointMs: number): NodeText => [
  'updateStateByKey',
  { fn: '(values, state) => 1', checkpointMs },
  'a',
]

test.each<[id: string, batchMs: number, nodes: Readonly<Record<string, NodeText>>, about: string]>([
  ['window-not-multiple', 1000, { w: ['window', { windowMs: 1500, slideMs: 1000 }, 'a'] }, 'window duration'],
  ['slide-not-multiple', 1000, { w: ['window', { windowMs: 2000, slideMs: 1500 }, 'a'] }, 'slide duration'],
  ['rkwi-window-not-multiple', 1000, { w: byKey(1500, 1000, { inverse: '(x, y) => x - y' }) }, 'window duration'],
  ['py-reduceByKeyAndWindow-invalid 100, 100', 500, { w: byKey(100, 100) }, 'must be a multiple'],
  ['py-reduceByKeyAndWindow-invalid 1000, 100', 500, { w: byKey(1000, 100) }, 'must be a multiple'],
  ['union-empty', 1000, { w: ['union', {}] }, 'input'],
  [
    'union-different-slides',
    1000,
    { slow: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'], w: ['union', {}, 'a', 'slow'] },
    'slide',
  ],
  ['ckpt-interval-too-small', 2000, { w: state(1000) }, 'checkpoint interval'],
  ['ckpt-interval-not-multiple', 2000, { w: state(3000) }, 'checkpoint interval'],
])('%s', (_id, batchMs, nodes, about) => {
  const plan = lowerPipeline(pipelineOf({ a, ...nodes, out: ['print', {}, 'w'] }, { batchMs }), { machineCores: 2 })
  expect(plan.ok).toBe(false)
  if (!plan.ok) expect(plan.error.map(({ message }) => message).join('\n')).toContain(about)
})
