import { expect, test } from 'vitest'
import { InputInfoTracker } from './input-info-tracker.ts'

// The figures of InputInfoTrackerSuite: [batch time, stream, records].
function reported(...reports: readonly (readonly [number, number, number])[]): InputInfoTracker {
  const tracker = new InputInfoTracker()
  for (const [timeMs, stream, numRecords] of reports) tracker.report(timeMs, stream, { numRecords })
  return tracker
}

test('gives what the streams of a batch reported', () => {
  const tracker = reported([0, 0, 100], [0, 1, 300])
  expect([...tracker.of(0)]).toEqual([
    [0, { numRecords: 100 }],
    [1, { numRecords: 300 }],
  ])
  expect([...tracker.of(1)]).toEqual([])
})

test('forgets batches strictly older', () => {
  const tracker = reported([0, 0, 100], [1, 0, 300])
  tracker.cleanup(0)
  expect([[...tracker.of(0)], [...tracker.of(1)]]).toEqual([[[0, { numRecords: 100 }]], [[0, { numRecords: 300 }]]])
  tracker.cleanup(1)
  expect([[...tracker.of(0)], [...tracker.of(1)]]).toEqual([[], [[0, { numRecords: 300 }]]])
})

test('takes one report per batch and stream, of no negative number', () => {
  expect(() => reported([0, 0, 100], [0, 0, 100])).toThrow(
    'Input stream 0 for batch 0 ms is already added into InputInfoTracker, this is an illegal state',
  )
  expect(() => reported([0, 0, -1])).toThrow('numRecords must not be negative')
})
