import { expect, test } from 'vitest'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { isNearlyFull, memoryOf, percentFull } from './memory-level.ts'

const memory = (mostBytes: number, budgetBytes = 1000) => ({ keptBytes: 2 * mostBytes, mostBytes, budgetBytes })

test('the fullest executor counts', () => {
  expect([0, 4, 799, 1000, 1200].map((most) => percentFull(memory(most)))).toEqual([0, 0, 80, 100, 100])
  expect(percentFull(memory(5, 0))).toBe(0)
  expect([memory(794), memory(800)].map(isNearlyFull)).toEqual([false, true])
})

test('the shown batch tells, or the newest that has something to tell', () => {
  const batch = (batchTimeMs: number, told?: BatchInfo['memory']): BatchInfo => ({
    batchTimeMs,
    status: 'completed',
    inputs: [],
    numRecords: 0,
    submissionMs: 0,
    outputs: [],
    recovered: false,
    ...(told === undefined ? {} : { memory: told }),
  })
  const batches = [batch(1000, memory(1)), batch(2000, memory(2)), batch(3000)]
  expect(memoryOf(batches, 'live')).toEqual(memory(2))
  expect(memoryOf(batches, 1000)).toEqual(memory(1))
  expect(memoryOf(batches, 3000)).toBeUndefined()
})
