import { expect, test } from 'vitest'
import { IntakeWindow } from './intake-window.ts'

const MB = 2 ** 20

/** The most that may be queued, and that may be unprocessed in all, in MB. */
function limitsOf(window: IntakeWindow): readonly [queued: number, all: number] {
  const far = -1e12
  return [window.roomBeside({ queued: 0, all: far }) / MB, window.roomBeside({ queued: far, all: 0 }) / MB]
}

test('lets in what batches process within an interval, twice as much in all, between a least and a most', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 60_000 })
  expect(limitsOf(window)).toEqual([4, 4])
  window.processed(10 * MB, 500)
  expect(limitsOf(window)).toEqual([20, 40])
  for (let batch = 0; batch < 4; batch++) window.processed(1 * MB, 1000)
  expect(limitsOf(window)).toEqual([4, 4])
  for (let batch = 0; batch < 4; batch++) window.processed(100 * MB, 100)
  expect(limitsOf(window)).toEqual([128, 256])
})

test('judges by four batches, of which a slow one weighs more', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 60_000 })
  for (const ms of [1000, 1000, 1000, 5000]) window.processed(40 * MB, ms)
  expect(limitsOf(window)).toEqual([20, 40])
  for (const ms of [1000, 1000, 1000, 1000]) window.processed(40 * MB, ms)
  expect(limitsOf(window)).toEqual([40, 80])
})

test('what waits takes room', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 60_000 })
  expect(window.roomBeside({ queued: 3 * MB, all: 3 * MB })).toBe(MB)
  expect(window.roomBeside({ queued: MB, all: 5 * MB })).toBe(-MB)
})

test('lets in no more than a batch processes long before it counts as hung', () => {
  const window = new IntakeWindow({ batchMs: 10_000, deadlineMs: 3000 })
  window.processed(20 * MB, 1000)
  expect(limitsOf(window)).toEqual([20, 40])
})

test('does not judge by small batches', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 3000 })
  window.processed(10 * MB, 500)
  window.processed(1000, 100)
  expect(limitsOf(window)).toEqual([20, 40])
})
