import { expect, test } from 'vitest'
import { firstBatchAfter } from '#engine/model/time.ts'
import { FakeTimers, settle } from '#engine/runtime/testing/fake-timers.ts'
import { RealClock } from './real-clock.ts'

function start(nowMs: number, periodMs: number) {
  const timers = new FakeTimers(nowMs)
  const clock = new RealClock(timers)
  const ticks: number[] = []
  clock.start(firstBatchAfter(nowMs, periodMs), periodMs, (timeMs) => ticks.push(timeMs))
  return { timers, clock, ticks }
}

test('ticks on the grid of the epoch, first strictly after now', () => {
  for (const [nowMs, firstMs] of [
    [0, 1000],
    [1, 1000],
    [999, 1000],
    [1000, 2000],
    [1500, 2000],
  ] as const) {
    const { timers, ticks } = start(nowMs, 1000)
    timers.advance(1000)
    expect(ticks[0]).toBe(firstMs)
  }
})

// RecurringTimerSuite, "basic": period 100, calls at 100, 200 and 300 after a sleep until 300.
test('calls back once per period, also for those it slept through', async () => {
  const { timers, clock, ticks } = start(-1, 100)
  timers.advance(1)
  expect(ticks).toEqual([0])
  timers.advance(100)
  expect(ticks).toEqual([0, 100])
  timers.sleep(200)
  expect(ticks).toEqual([0, 100, 200, 300])
  expect(await clock.stop(true)).toBe(300)
  timers.advance(1000)
  expect(ticks).toEqual([0, 100, 200, 300])
})

// RecurringTimerSuite, "SPARK-10224: call 'callback' after stopping".
test('fires the pending tick and exactly one more after a stop that does not interrupt', async () => {
  const { timers, clock, ticks } = start(-1, 100)
  timers.advance(1)
  let last: number | undefined
  void clock.stop(false).then((lastMs) => {
    last = lastMs
  })
  timers.advance(199)
  await settle()
  expect(last).toBeUndefined()
  timers.advance(1)
  await settle()
  expect([last, ticks]).toEqual([200, [0, 100, 200]])
  expect(timers.waiting).toBe(0)
})

test('an interrupting stop ends one that waits', async () => {
  const { timers, clock } = start(0, 100)
  const soft = clock.stop(false)
  expect(await clock.stop(true)).toBe(0)
  expect(await soft).toBe(0)
  expect(timers.waiting).toBe(0)
})
