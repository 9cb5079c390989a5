import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { cogroup } from './cogroup.ts'

test('cogroups left and right, by default into N partitions', () => {
  expect(printStreams(recordLowering(cogroup, {}))).toEqual([{ kind: 'cogrouped', parents: [0, 1], partitions: 2 }])
  expect(printStreams(recordLowering(cogroup, { numPartitions: 7 }))).toMatchObject([{ partitions: 7 }])
})

test('refuses sides of different slides as Spark does', () => {
  expect(checkNode(cogroup, {}, { inputSlidesMs: [1000, 3000] })).toMatchObject([
    { code: 'graph/different-slides', message: 'Some of the DStreams have different slide durations' },
  ])
})

test('fails a batch in which one side has no RDD, and goes on with the next', async () => {
  const at = [0, 0]
  const document = {
    format: 'sluice/1',
    name: 'One side missing',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1 },
    nodes: [
      { id: 'left', op: 'queueStream', params: { batches: [[['a', 1]], [['a', 2]], []] }, at },
      { id: 'right', op: 'queueStream', params: { batches: [[['a', 'x']], null, []] }, at },
      { id: 'both', op: 'cogroup', params: {}, at },
      { id: 'out', op: 'print', params: {}, at },
    ],
    edges: [
      { from: 'left', to: 'both' },
      { from: 'right', to: 'both', port: 'other' },
      { from: 'both', to: 'out' },
    ],
  }
  const run = await runPipeline(document, { batches: 3, collect: ['both'] })
  expect(run.failures).toMatchObject([{ timeMs: 2000, node: 'both', message: expect.stringContaining('2000 ms') }])
  expect(run.recordsOf('both')).toEqual([
    { timeMs: 1000, partitions: expect.any(Array), records: [['a', [[1], ['x']]]] },
    { timeMs: 3000, partitions: [0, 0], records: [] },
  ])
})
