import { expect, test } from 'vitest'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const wordCount = {
  format: 'sluice/1',
  name: 'Word count',
  settings: { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1 },
  nodes: [
    { id: 'lines', op: 'queueStream', params: { batches: [] }, at: [0, 0] },
    { id: 'words', op: 'flatMap', params: { fn: "line => line.split(' ')" }, at: [0, 0] },
    { id: 'pairs', op: 'map', params: { fn: 'word => [word, 1]' }, at: [0, 0] },
    { id: 'counts', op: 'reduceByKey', params: { reduce: '(a, b) => a + b' }, at: [0, 0] },
    { id: 'top', op: 'print', params: { num: 10 }, at: [0, 0] },
  ],
  edges: [
    { from: 'lines', to: 'words' },
    { from: 'words', to: 'pairs' },
    { from: 'pairs', to: 'counts' },
    { from: 'counts', to: 'top' },
  ],
}

test('counts words per batch over two executors', async () => {
  const run = await runPipeline(wordCount, {
    batches: 3,
    inputs: { lines: { batches: [['a b a', 'b c'], [], ['c']], partitions: 2 } },
    collect: ['counts'],
  })
  expect(run.failures).toEqual([])
  const sorted = run.recordsOf('counts').map(({ records }) => records.map((each) => JSON.stringify(each)).sort())
  expect(sorted).toEqual([['["a",2]', '["b",2]', '["c",1]'], [], ['["c",1]']])
  const [first] = run.batches
  expect(first?.info.numRecords).toBe(2)
  expect(first?.data.nodes.words).toMatchObject({ records: 5, partitions: [3, 2] })
  expect(first?.data.nodes.pairs?.records).toBe(5)
  expect(first?.data.nodes.counts?.records).toBe(3)
})
