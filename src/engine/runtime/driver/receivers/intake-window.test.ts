import { expect, test } from 'vitest'
import { IntakeWindow } from './intake-window.ts'

const MB = 2 ** 20

test('lets in what batches process within two intervals, between a least and a most', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 60_000 })
  expect(window.mostChars).toBe(4 * MB)
  window.processed(10 * MB, 500)
  expect(window.mostChars).toBe(40 * MB)
  window.processed(1 * MB, 1000)
  expect(window.mostChars).toBe(4 * MB)
  window.processed(100 * MB, 100)
  expect(window.mostChars).toBe(128 * MB)
})

test('lets in no more than a batch may take before it counts as hung', () => {
  const window = new IntakeWindow({ batchMs: 10_000, deadlineMs: 3000 })
  window.processed(20 * MB, 1000)
  expect(window.mostChars).toBe(40 * MB)
})

test('does not judge by small batches', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 3000 })
  window.processed(10 * MB, 500)
  window.processed(1000, 100)
  expect(window.mostChars).toBe(40 * MB)
})
