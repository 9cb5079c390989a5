import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { cache } from './cache.ts'

/** A function that numbers its calls, shared by the whole run, with two outputs behind it. */
const document = (withCache: boolean) => ({
  format: 'sluice/1',
  name: 'calls',
  settings: { batchMs: 1000, master: 'local[1]', prelude: 'let calls = 0' },
  nodes: [
    { id: 'source', op: 'queueStream', params: { batches: [] } },
    { id: 'numbered', op: 'map', params: { fn: '() => ++calls' } },
    ...(withCache ? [{ id: 'kept', op: 'cache', params: {} }] : []),
    { id: 'a', op: 'print', params: {} },
    { id: 'b', op: 'print', params: {} },
  ],
  edges: [
    { from: 'source', to: 'numbered' },
    ...(withCache ? [{ from: 'numbered', to: 'kept' }] : []),
    { from: withCache ? 'kept' : 'numbered', to: 'a' },
    { from: withCache ? 'kept' : 'numbered', to: 'b' },
  ],
})

const rowsOf = async (withCache: boolean) => {
  const inputs = { source: { batches: [['x', 'y'], ['z']], partitions: 1 } }
  const run = await runPipeline(document(withCache), { batches: 2, inputs })
  return run.batches.map(({ data }) => data.outputs.map(({ rows }) => rows))
}

test('marks the stream it hands on', () => {
  const { result, inputs, persisted, streams } = recordLowering(cache, {})
  expect([result, persisted, streams.size]).toEqual([inputs[0], [inputs[0]], 0])
})

test('without it each output runs the function again, with it once', async () => {
  expect(await rowsOf(false)).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    [[5], [6]],
  ])
  expect(await rowsOf(true)).toEqual([
    [
      [1, 2],
      [1, 2],
    ],
    [[3], [3]],
  ])
})

test('shows the records of the stream it marks', async () => {
  const inputs = { source: { batches: [['x', 'y']], partitions: 1 } }
  const run = await runPipeline(document(true), { batches: 1, inputs })
  expect(run.batches[0]?.data.nodes.kept).toEqual(run.batches[0]?.data.nodes.numbered)
  expect(run.batches[0]?.data.nodes.kept?.records).toBe(2)
})
