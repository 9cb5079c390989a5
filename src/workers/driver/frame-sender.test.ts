import { expect, it } from 'vitest'
import type { BatchFigures } from '#engine/model/batch-figures.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import { FrameSender } from './frame-sender.ts'

it('tells the figures of every batch, however many there are between two frames', () => {
  const events: DriverEvent[] = []
  const timers = new FakeTimers(1000)
  const clock = { kind: 'virtual', paused: false, speed: 'max', nowMs: 0, zeroMs: 0 } as const
  const sender = new FrameSender(
    timers,
    (event) => events.push(event),
    () => ({ clock, waitingBatches: 0, catchUp: undefined }),
  )
  const figures: BatchFigures = { view: { kind: 'counter' }, combine: 'count', points: [] }
  const output = { id: 0, partitions: [], rows: [], lines: [], more: false }
  for (let timeMs = 1; timeMs <= 120; timeMs++) {
    const info: BatchInfo = {
      batchTimeMs: timeMs,
      status: 'completed',
      inputs: [],
      numRecords: 0,
      submissionMs: 0,
      outputs: [],
      recovered: false,
    }
    const outputs = [
      { ...output, node: 'seen', figures },
      { ...output, node: 'shown' },
    ]
    sender.batchCompleted(info, { timeMs, nodes: {}, outputs, failures: [] })
  }
  sender.flush()
  const frame = events.find((event) => event.kind === 'frame')
  expect(frame?.outputs.map(({ timeMs }) => timeMs)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
  expect(frame?.outputs.filter(({ outputs }) => outputs.length === 2)).toHaveLength(50)
  expect(frame?.outputs[0]?.outputs.map(({ node }) => node)).toEqual(['seen'])
})
