import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { combineByKey } from './combine-by-key.ts'

const functions = {
  create: 'v => [v]',
  mergeValue: '(list, v) => [...list, v]',
  mergeCombiner: '(a, b) => [...a, ...b]',
}

test('shuffles with three functions, combining first, by default into N partitions', () => {
  expect(printStreams(recordLowering(combineByKey, functions))).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'combine', ...functions, mapSideCombine: true }, partitions: 2 },
  ])
  const chosen = { ...functions, mapSideCombine: false, numPartitions: 3 }
  expect(printStreams(recordLowering(combineByKey, chosen))).toMatchObject([
    { combine: { mapSideCombine: false }, partitions: 3 },
  ])
})

test('needs all three functions', () => {
  expect(combineByKey.bind('n', {})).toMatchObject({
    ok: false,
    error: [{ param: 'create' }, { param: 'mergeValue' }, { param: 'mergeCombiner' }],
  })
})

test.each([true, false])(
  'names the function and the pair on which it failed, combining first: %s',
  async (mapSideCombine) => {
    const at = [0, 0]
    const params = { ...functions, create: "v => { if (v > 1) throw Error('too large'); return [v] }", mapSideCombine }
    const batches = [[['a', 1]], [['b', 2]]]
    const document = {
      format: 'sluice/1',
      name: 'Failing',
      settings: { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1 },
      nodes: [
        { id: 'pairs', op: 'queueStream', params: { batches }, at },
        { id: 'lists', op: 'combineByKey', params, at },
        { id: 'out', op: 'print', params: {}, at },
      ],
      edges: [
        { from: 'pairs', to: 'lists' },
        { from: 'lists', to: 'out' },
      ],
    }
    const run = await runPipeline(document, { batches: 3, collect: ['lists'] })
    expect(run.failures).toMatchObject([
      { timeMs: 2000, node: 'lists', param: 'create', message: 'Error: too large', record: '["b", 2]' },
    ])
    expect(run.recordsOf('lists').map(({ records }) => records)).toEqual([[['a', [1]]], []])
  },
)
