import { expect, test } from 'vitest'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const document = (numPartitions: number) => ({
  format: 'sluice/1',
  name: 'repartition',
  settings: { batchMs: 1000, master: 'local[2]' },
  nodes: [
    { id: 'source', op: 'queueStream', params: { batches: [] } },
    { id: 'spread', op: 'repartition', params: { numPartitions } },
    { id: 'out', op: 'print', params: {} },
  ],
  edges: [
    { from: 'source', to: 'spread' },
    { from: 'spread', to: 'out' },
  ],
})
const hundred = Array.from({ length: 100 }, (_, index) => index)

test.each([1, 3, 5])('deals every record out to %i partitions as evenly as can be', async (numPartitions) => {
  const inputs = { source: { batches: [hundred, []], partitions: 2 } }
  const run = await runPipeline(document(numPartitions), { batches: 2, inputs, collect: ['spread'] })
  const [first, second] = run.recordsOf('spread')
  expect(first?.partitions).toHaveLength(numPartitions)
  // Each of the two map partitions deals out its fifty records in turn.
  for (const size of first?.partitions ?? []) expect(Math.abs(size - 100 / numPartitions)).toBeLessThanOrEqual(2)
  expect([...(first?.records ?? [])].sort((a, b) => Number(a) - Number(b))).toEqual(hundred)
  expect(second?.partitions).toEqual(Array.from({ length: numPartitions }, () => 0))
})

test('a batch without an RDD fails, and the next one runs', async () => {
  const inputs = { source: { batches: [null, [1, 2]], partitions: 1 } }
  const run = await runPipeline(document(2), { batches: 2, inputs, collect: ['spread'] })
  expect(run.failures).toMatchObject([{ timeMs: 1000, node: 'spread' }])
  expect(run.recordsOf('spread').map(({ timeMs }) => timeMs)).toEqual([2000])
})
