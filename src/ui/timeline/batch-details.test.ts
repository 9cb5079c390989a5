import { expect, test } from 'vitest'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { detailed, readInputs, readOutputs } from './batch-details.ts'

const output = (id: number, over: object = {}) => ({
  batchTimeMs: 1000,
  id,
  node: 'top',
  name: 'print at top',
  ...over,
})
const batch = (batchTimeMs: number, status: BatchInfo['status'], over: Partial<BatchInfo> = {}): BatchInfo => ({
  batchTimeMs,
  status,
  inputs: [],
  numRecords: 0,
  submissionMs: batchTimeMs,
  outputs: [],
  recovered: false,
  ...over,
})

test('output operations wait, run, and end one way or the other', () => {
  const outputs = [
    output(0, { startMs: 10, endMs: 35 }),
    output(1, { startMs: 35, endMs: 36, failureReason: 'x is not a function' }),
    output(2, { startMs: 36 }),
    output(3),
  ]
  expect(readOutputs({ outputs }).map(({ status, durationMs }) => [status, durationMs])).toEqual([
    ['succeeded', 25],
    ['failed', 1],
    ['running', undefined],
    ['waiting', undefined],
  ])
  expect(readOutputs({ outputs })[1]?.error).toBe('Failed due to error: x is not a function')
})

test('inputs say what they read, where they do', () => {
  const inputs = [
    { inputStreamId: 0, node: 'rows', numRecords: 20, metadata: { Description: 'rows: 0 to 20\tcount: 20' } },
    { inputStreamId: 1, node: 'typed', numRecords: 3 },
  ]
  expect(readInputs({ inputs })).toEqual([
    { node: 'rows', records: 20, description: 'rows: 0 to 20\tcount: 20' },
    { node: 'typed', records: 3, description: undefined },
  ])
})

test('live details are of the batch that runs, or else of the newest', () => {
  const batches = [batch(1000, 'completed'), batch(2000, 'processing'), batch(3000, 'queued')]
  expect(detailed(batches, 'live')?.batchTimeMs).toBe(2000)
  expect(detailed(batches.slice(0, 1), 'live')?.batchTimeMs).toBe(1000)
  expect(detailed(batches, 3000)?.batchTimeMs).toBe(3000)
  expect(detailed(batches, 9000)).toBeUndefined()
})
