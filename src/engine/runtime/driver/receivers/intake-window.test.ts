import { expect, test } from 'vitest'
import { IntakeWindow } from './intake-window.ts'

const MB = 2 ** 20

/** The most that may be queued, and that may be unprocessed in all, in MB. */
function limitsOf(window: IntakeWindow): readonly [queued: number, all: number] {
  const most = (isFull: (chars: number) => boolean): number => {
    let mb = 0
    while (!isFull((mb + 1) * MB)) mb += 1
    return mb
  }
  return [most((queued) => window.isFull({ queued, all: 0 })), most((all) => window.isFull({ queued: 0, all }))]
}

test('lets in what batches process within an interval, twice as much in all, between a least and a most', () => {
  const window = new IntakeWindow({ batchMs: 1000, deadlineMs: 60_000 })
  expect(limitsOf(window)).toEqual([4, 4])
  window.processed(10 * MB, 500)
  expect(limitsOf(window)).toEqual([20, 40])
  window.processed(1 * MB, 1000)
  expect(limitsOf(window)).toEqual([4, 4])
  window.processed(100 * MB, 100)
  expect(limitsOf(window)).toEqual([64, 128])
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
