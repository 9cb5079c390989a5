import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { simulatedStream } from './simulated-stream.ts'

test('makes records of a named generator, in as many partitions as there are cores', () => {
  expect(printStreams(recordLowering(simulatedStream, { rowsPerSecond: 20 }))).toEqual([
    {
      kind: 'source',
      feed: {
        kind: 'simulated',
        generator: { kind: 'named', name: 'clicks' },
        text: false,
        rowsPerSecond: 20,
        pattern: 'steady',
        jitterMs: 0,
        lateFraction: 0,
        partitions: 2,
      },
    },
  ])
})

test('leaves the rows of a generator the objects that they are, and counts them', async () => {
  const at = [0, 0]
  const document = {
    format: 'sluice/1',
    name: 'Readings',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1 },
    nodes: [
      { id: 'readings', op: 'simulatedStream', params: { generator: 'sensors', rowsPerSecond: 3 }, at },
      { id: 'out', op: 'print', params: {}, at },
    ],
    edges: [{ from: 'readings', to: 'out' }],
  }
  const run = await runPipeline(document, { batches: 1, collect: ['readings'] })
  const reading = { sensor: expect.any(String), room: expect.any(String), celsius: expect.any(Number) }
  expect(run.recordsOf('readings')).toMatchObject([{ partitions: [1, 2], records: [reading, reading, reading] }])
  expect(run.batches[0]?.info.numRecords).toBe(3)
})

test('refuses custom without a function, and shows how to begin', () => {
  const [problem] = checkNode(simulatedStream, { generator: 'custom' })
  expect(problem).toMatchObject({ code: 'param/missing', severity: 'error', node: 'n', param: 'fn' })
  const fn = problem?.fixes?.[0]?.value ?? null
  expect(checkNode(simulatedStream, { generator: 'custom', fn })).toEqual([])
})
