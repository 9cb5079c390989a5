import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { mapPartitions } from './map-partitions.ts'

const fn = 'records => [records.length]'

test("is one stream with the user's function, which forgets the partitioner unless told otherwise", () => {
  expect(printStreams(recordLowering(mapPartitions, { fn }))).toEqual([
    { kind: 'partitionwise', parent: 0, fn, preservesPartitioning: false },
  ])
  expect(printStreams(recordLowering(mapPartitions, { fn, preservesPartitioning: true }))).toMatchObject([
    { preservesPartitioning: true },
  ])
})

test('cannot change what other operators see of the same batch', async () => {
  const at = [0, 0]
  const document = {
    format: 'sluice/1',
    name: 'Two readers',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1 },
    nodes: [
      {
        id: 'source',
        op: 'queueStream',
        params: {
          batches: [
            [
              ['a', 2],
              ['b', 1],
            ],
          ],
        },
        at,
      },
      { id: 'sums', op: 'reduceByKey', params: { reduce: '(a, b) => a + b', numPartitions: 1 }, at },
      { id: 'emptied', op: 'mapPartitions', params: { fn: 'records => records.splice(0)' }, at },
      { id: 'out', op: 'print', params: {}, at },
    ],
    edges: [
      { from: 'source', to: 'sums' },
      { from: 'sums', to: 'emptied' },
      { from: 'emptied', to: 'out' },
    ],
  }
  const run = await runPipeline(document, { batches: 1, collect: ['emptied', 'sums'] })
  expect(run.recordsOf('emptied')[0]?.records).toHaveLength(2)
  expect(run.recordsOf('sums')).toEqual(run.recordsOf('emptied'))
})
