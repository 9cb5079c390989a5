import { expect, test } from 'vitest'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// What random graphs have found, made small.

const source: NodeText = ['queueStream', { batches: [] }]

test('a state that is due for a checkpoint above a transform that fails does not fail the other outputs', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    source,
    broken: ['transform', { fn: 'rdd => null' }, 'source'],
    state: ['updateStateByKey', { fn: '(values, state) => values.length', checkpointMs: 2000 }, 'broken'],
  }
  const run = await runPipeline(documentOf(nodes), {
    batches: 3,
    inputs: { source: { batches: [[1], [2], [3]] } },
    collect: ['state', 'source'],
  })
  expect(run.warnings).toEqual([])
  expect(run.batches.map(({ data }) => data.outputs.map(({ rows }) => rows))).toEqual([
    [[], [1]],
    [[], [2]],
    [[], [3]],
  ])
  expect(run.failures.map(({ timeMs, node }) => [timeMs, node])).toEqual([
    [1000, 'broken'],
    [2000, 'broken'],
    [3000, 'broken'],
  ])
})
