import { describe, expect, it } from 'vitest'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { printOutputOps, readBatch } from './batch-figures.ts'
import { histogram, printAverage, scaleTops } from './statistics.ts'

const output = (id: number, over: object = {}) => ({
  batchTimeMs: 1000,
  id,
  node: 'top',
  name: 'print at top',
  ...over,
})

function batch(over: Partial<BatchInfo> = {}): BatchInfo {
  return {
    batchTimeMs: 1000,
    status: 'completed',
    inputs: [],
    numRecords: 300,
    submissionMs: 1000,
    schedulingDelayMs: 10,
    processingDelayMs: 5025,
    totalDelayMs: 5035,
    outputs: [output(0, { startMs: 1, endMs: 2 })],
    recovered: false,
    ...over,
  }
}

describe('readBatch', () => {
  it('turns records into a rate of the batch interval', () =>
    expect(readBatch(batch(), 2000).recordsPerSecond).toBe(150))

  it('counts output operations by their fate and keeps the whole error', () => {
    const outputs = [
      output(0, { startMs: 1, endMs: 2 }),
      output(1, { startMs: 2, endMs: 3, failureReason: 'x is not a function\n  at words.fn' }),
      output(2),
    ]
    const figures = readBatch(batch({ outputs }), 1000)
    expect(printOutputOps(figures)).toBe('1/3 (1 failed)')
    expect(figures.errors).toEqual([
      {
        node: 'top',
        firstLine: 'Failed due to error: x is not a function',
        text: 'Failed due to error: x is not a function\n  at words.fn',
      },
    ])
  })
})

describe('printAverage', () => {
  const figures = [batch(), batch({ numRecords: 100, totalDelayMs: 5036 })].map((info) => readBatch(info, 1000))
  it('gives rates two decimals', () => expect(printAverage('inputRate', figures)).toBe('Avg: 200.00 records/sec'))
  it('gives delays whole ms in words', () => expect(printAverage('totalDelay', figures)).toBe('Avg: 5 seconds 35 ms'))
  it('says - when no batch has come that far', () => {
    const { processingDelayMs: _, ...waiting } = batch({ status: 'queued' })
    expect(printAverage('processingTime', [readBatch(waiting, 1000)])).toBe('Avg: -')
  })
})

it('delays share one scale', () => expect(scaleTops([readBatch(batch(), 1000)])).toEqual({ rate: 300, ms: 5035 }))

it('a histogram counts both ends', () => {
  expect(histogram([0, 1, 9, 10, 10], 10)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 3])
  expect(histogram([], 1)).toEqual(new Array(10).fill(0))
})
