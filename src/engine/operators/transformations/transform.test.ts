import { expect, test } from 'vitest'
import type { Json } from '#engine/model/json.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { transform } from './transform.ts'

const document = (fn: string, master = 'local[2]') => ({
  format: 'sluice/1',
  name: 'transform',
  settings: { batchMs: 1000, master },
  nodes: [
    { id: 'source', op: 'queueStream', params: { batches: [] } },
    { id: 'changed', op: 'transform', params: { fn } },
    { id: 'doubled', op: 'map', params: { fn: 'x => [x, x]' } },
    { id: 'counted', op: 'reduceByKey', params: { reduce: '(a, b) => a + b' } },
    { id: 'out', op: 'print', params: {} },
  ],
  edges: [
    { from: 'source', to: 'changed' },
    { from: 'changed', to: 'doubled' },
    { from: 'doubled', to: 'counted' },
    { from: 'counted', to: 'out' },
  ],
})

const collect = ['changed', 'counted']
const run = (fn: string, batches: readonly (readonly Json[] | null)[], master?: string) =>
  runPipeline(document(fn, master), {
    batches: batches.length,
    inputs: { source: { batches, partitions: 2 } },
    collect,
  })

test('takes one RDD, or a list of them', () => {
  expect(printStreams(recordLowering(transform, { fn: 'rdds => rdds[0]' }))).toEqual([
    { kind: 'transformed', form: 'many', parents: [0, 1], fn: 'rdds => rdds[0]' },
  ])
})

test.each(['local[1]', 'local[2]', 'local[4]'])('keeps the partitions of what it returns, with %s', async (master) => {
  const fn = '(rdd, timeMs) => rdd.sortBy(x => x, true, 3).map(x => x + timeMs)'
  const { failures, recordsOf } = await run(fn, [[3, 1, 2, 6, 5, 4], []], master)
  expect(failures).toEqual([])
  const [first] = recordsOf('changed')
  expect(first?.records).toEqual([1001, 1002, 1003, 1004, 1005, 1006])
  expect(first?.partitions).toHaveLength(3)
  expect(recordsOf('counted')[0]?.records).toHaveLength(6)
})

test('an RDD that is partitioned by key is not shuffled again', async () => {
  const fn = 'rdd => rdd.map(x => [x % 2, x]).reduceByKey((a, b) => a + b, 2)'
  const { recordsOf } = await run(fn, [[1, 2, 3, 4]])
  expect(recordsOf('changed')[0]).toMatchObject({
    partitions: [1, 1],
    records: [
      [0, 6],
      [1, 4],
    ],
  })
})

test('names itself when the function throws, returns nothing, or no RDD; later batches run', async () => {
  const fn = `(rdd, timeMs) => {
    if (timeMs === 1000) throw new Error('no')
    if (timeMs === 2000) return null
    if (timeMs === 3000) return [1]
    return rdd
  }`
  const { failures, recordsOf } = await run(fn, [[1], [2], [3], [4]])
  expect(failures).toMatchObject([
    { timeMs: 1000, node: 'changed', param: 'fn', message: 'Error: no' },
    { timeMs: 2000, node: 'changed', message: expect.stringContaining('Transform function must not return null') },
    { timeMs: 3000, node: 'changed', message: expect.stringContaining('must return an RDD') },
  ])
  expect(recordsOf('counted')).toEqual([{ timeMs: 4000, partitions: [1, 0], records: [[4, 4]] }])
})

test('a batch without an RDD fails, and the next one runs', async () => {
  const { failures, recordsOf } = await run('rdd => rdd', [null, [1]])
  expect(failures).toMatchObject([{ timeMs: 1000, node: 'changed' }])
  expect(recordsOf('changed')).toMatchObject([{ timeMs: 2000, records: [1] }])
})
