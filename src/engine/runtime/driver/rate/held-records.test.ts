import { expect, test } from 'vitest'
import { ReceiverSupervisor } from '#engine/runtime/driver/receivers/receiver-supervisor.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'

/** A receiver of typed lines with a limit of so many a second. */
function typed(initialRate: number, maxRate = Number.POSITIVE_INFINITY) {
  const timers = new FakeTimers()
  const blocks: number[] = []
  const warnings: string[] = []
  let changes = 0
  const supervisor = new ReceiverSupervisor({
    node: 'lines',
    streamId: 0,
    feed: { kind: 'manual' },
    timers,
    connect: () => ({ close: () => {} }),
    blockIntervalMs: 200,
    blockQueueSize: 10,
    maxRate,
    initialRate,
    heldOverMs: undefined,
    maxBuffered: Number.POSITIVE_INFINITY,
    restartDelayMs: 2000,
    onBlock: (_payload, records) => {
      blocks.push(records)
      return Promise.resolve()
    },
    onReceived: () => {},
    onChange: () => {
      changes += 1
    },
    onWarning: (message) => warnings.push(message),
  })
  supervisor.start()
  return { timers, supervisor, blocks, warnings, changes: () => changes }
}

const lines = (count: number): string[] => Array.from({ length: count }, () => 'x')

test('a receiver tells how many records wait, and for which limit', async () => {
  const { timers, supervisor } = typed(100)
  supervisor.type(lines(50))
  await timers.pass(200)
  expect(supervisor.state).toMatchObject({ records: 50, waitingRecords: 30, rateLimit: 100 })
  await timers.pass(400)
  expect(supervisor.state).toMatchObject({ records: 50, waitingRecords: 0, rateLimit: 100 })
})

test('a new rate is told, capped and at work at once; one of 0 changes nothing', async () => {
  const { timers, supervisor, blocks, changes } = typed(100, 150)
  supervisor.type(lines(100))
  await timers.pass(200)
  const before = changes()
  supervisor.updateRate(500)
  expect(changes()).toBe(before + 1)
  expect(supervisor.state.rateLimit).toBe(150)
  supervisor.updateRate(0)
  expect(supervisor.state.rateLimit).toBe(150)
  await timers.pass(200)
  expect(blocks).toEqual([20, 30])
})

test('what waits when the receiver stops is not lost', async () => {
  const { timers, supervisor, blocks } = typed(100)
  supervisor.type(lines(1000))
  await timers.pass(200)
  supervisor.stop()
  expect(blocks).toEqual([20, 980])
  expect(supervisor.state).toMatchObject({ state: 'stopped', waitingRecords: 0 })
})

test('too many waiting records are dropped, and that is said once', async () => {
  const { timers, supervisor, blocks, warnings } = typed(1)
  supervisor.type(lines(1_000_001))
  supervisor.type(lines(10))
  expect(warnings).toEqual([expect.stringContaining('the newest are dropped')])
  await timers.pass(0)
  supervisor.stop()
  expect(blocks).toEqual([1_000_000])
})
