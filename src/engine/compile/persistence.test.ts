import { expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { lowerPipeline } from './lower-pipeline.ts'

// WindowOperationsSuite, "window - persistence level": a window keeps nothing, its parent does. There is one level here: memory.

const window: NodeText = ['window', { windowMs: 2000, slideMs: 1000 }, 'a']
test.each<[string, Readonly<Record<string, NodeText>>, string]>([
  ['input.window(2 batches)', { w: window }, 'w'],
  ['windowed.persist(MEMORY_ONLY)', { w: window, p: ['persist', { storageLevel: 'MEMORY_ONLY' }, 'w'] }, 'p'],
])('after %s the window is not persisted, its parent is', (_what, nodes, last) => {
  const plan = lowerPipeline(pipelineOf({ a: ['queueStream', { batches: [] }], ...nodes, out: ['print', {}, last] }), {
    machineCores: 2,
  })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  expect(plan.value.streams.map(({ spec, persist }) => [spec.kind, persist])).toEqual([
    ['source', true],
    ['windowed', false],
  ])
})
