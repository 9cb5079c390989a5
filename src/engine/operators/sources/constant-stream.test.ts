import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { constantStream } from './constant-stream.ts'

const at = [0, 0]
const document = {
  format: 'sluice/1',
  name: 'Constant',
  settings: { batchMs: 1000, master: 'local[3]', checkpoint: true, seed: 1 },
  nodes: [
    { id: 'same', op: 'constantStream', params: { records: [1, 2] }, at },
    { id: 'out', op: 'print', params: {}, at },
  ],
  edges: [{ from: 'same', to: 'out' }],
}

test('is an empty queue with a default, cut as parallelize cuts', () => {
  expect(printStreams(recordLowering(constantStream, { records: [1] }, { defaultParallelism: 3 }))).toEqual([
    { kind: 'source', feed: { kind: 'queue', batches: [], partitions: 3, oneAtATime: true, defaultBatch: [1] } },
  ])
  expect(printStreams(recordLowering(constantStream, { records: [1], partitions: 1 }))).toMatchObject([
    { feed: { partitions: 1 } },
  ])
})

test('gives every batch the same partitions and reports no input, as ConstantInputDStream does not', async () => {
  const run = await runPipeline(document, { batches: 2, collect: ['same'] })
  const same = { partitions: [0, 1, 1], records: [1, 2] }
  expect(run.recordsOf('same')).toEqual([
    { timeMs: 1000, ...same },
    { timeMs: 2000, ...same },
  ])
  expect(run.batches.map(({ info }) => info.numRecords)).toEqual([0, 0])
})

test('goes on after a recovery', async () => {
  const store = new MemoryCheckpointStore()
  await runPipeline(document, { batches: 3, store, killAfterMs: 2000 })
  const rest = await runPipeline(document, { batches: 3, collect: ['same'], store })
  expect(rest.recovered).toBeDefined()
  expect(rest.recordsOf('same').at(-1)).toMatchObject({ timeMs: 3000, records: [1, 2] })
})

test('refuses records that are no list', () => {
  expect(constantStream.bind('n', { records: null })).toMatchObject({ ok: false, error: [{ param: 'records' }] })
})
