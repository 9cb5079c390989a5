import { describe, expect, test } from 'vitest'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import { VirtualClock, type VirtualClockOptions } from './virtual-clock.ts'

function start(options: Partial<VirtualClockOptions> = {}, batchMs = 1000) {
  const timers = new FakeTimers(5_000_000)
  const clock = new VirtualClock(timers, { speed: 1, paused: false, nowMs: 0, ...options })
  const ticks: number[] = []
  clock.start(batchMs, batchMs, (timeMs) => ticks.push(timeMs))
  return { timers, clock, ticks }
}

describe('a virtual clock', () => {
  test('ticks at its speed', () => {
    const { timers, clock, ticks } = start({ speed: 10 })
    timers.advance(99)
    expect(ticks).toEqual([])
    timers.advance(1)
    expect(ticks).toEqual([1000])
    timers.advance(250)
    expect(ticks).toEqual([1000, 2000, 3000])
    expect(clock.now()).toBe(3500)
  })

  test('stands still until it starts, at any speed', () => {
    const timers = new FakeTimers(5_000_000)
    const clock = new VirtualClock(timers, { speed: 10, paused: false, nowMs: 4000 })
    timers.advance(60_000)
    expect(clock.now()).toBe(4000)
    clock.setSpeed(2)
    timers.advance(60_000)
    expect(clock.now()).toBe(4000)
    const ticks: number[] = []
    clock.start(5000, 1000, (timeMs) => ticks.push(timeMs))
    timers.advance(500)
    expect(ticks).toEqual([5000])
  })

  test('stands still once it has stopped', async () => {
    const { timers, clock, ticks } = start()
    timers.advance(1300)
    expect(await clock.stop(true)).toBe(1000)
    timers.advance(60_000)
    expect([clock.now(), ticks]).toEqual([1300, [1000]])
  })

  test('ticks slower than the wall', () => {
    const { timers, ticks } = start({ speed: 0.5 })
    timers.advance(4000)
    expect(ticks).toEqual([1000, 2000])
  })

  test('stands still while paused and goes on from the same moment', () => {
    const { timers, clock, ticks } = start()
    timers.advance(1600)
    clock.pause()
    timers.advance(60_000)
    expect(ticks).toEqual([1000])
    expect(clock.now()).toBe(1600)
    clock.resume()
    timers.advance(399)
    expect(ticks).toEqual([1000])
    timers.advance(1)
    expect(ticks).toEqual([1000, 2000])
  })

  test('steps one tick at a time, only while paused', () => {
    const { timers, clock, ticks } = start({ paused: true })
    timers.advance(10_000)
    expect(ticks).toEqual([])
    clock.step()
    clock.step()
    expect(ticks).toEqual([1000, 2000])
    expect(clock.now()).toBe(2000)
    clock.resume()
    clock.step()
    expect(ticks).toEqual([1000, 2000])
    timers.advance(1000)
    expect(ticks).toEqual([1000, 2000, 3000])
  })

  test('keeps its place when the speed changes midway', () => {
    const { timers, clock, ticks } = start()
    timers.advance(500)
    clock.setSpeed(5)
    timers.advance(99)
    expect(ticks).toEqual([])
    timers.advance(1)
    expect(ticks).toEqual([1000])
    timers.advance(200)
    expect(ticks).toEqual([1000, 2000])
    clock.setSpeed(0.1)
    timers.advance(9999)
    expect(ticks).toEqual([1000, 2000])
    timers.advance(1)
    expect(ticks).toEqual([1000, 2000, 3000])
  })

  test('fires late ticks back to back, each with its own time, and drops none', () => {
    const { timers, clock, ticks } = start()
    timers.sleep(4500)
    expect(ticks).toEqual([1000, 2000, 3000, 4000])
    expect(clock.now()).toBe(4500)
    timers.advance(500)
    expect(ticks).toEqual([1000, 2000, 3000, 4000, 5000])
  })

  test('waits for the batches when it runs as fast as it can', () => {
    const { timers, clock, ticks } = start({ speed: 'max' })
    timers.advance(1)
    expect(ticks).toEqual([1000])
    timers.advance(60_000)
    expect(ticks).toEqual([1000])
    clock.idle()
    clock.idle()
    timers.advance(1)
    expect(ticks).toEqual([1000, 2000])
    clock.setSpeed(1)
    clock.idle()
    timers.advance(999)
    expect(ticks).toEqual([1000, 2000])
    timers.advance(1)
    expect(ticks).toEqual([1000, 2000, 3000])
  })

  test('hurries from the middle of a batch when the speed becomes max', () => {
    const { timers, clock, ticks } = start()
    clock.idle()
    timers.advance(300)
    clock.setSpeed('max')
    timers.advance(0)
    expect(ticks).toEqual([1000])
  })

  test('has no tick after its end', () => {
    const { timers, clock, ticks } = start({ untilMs: 2000 })
    timers.advance(60_000)
    expect(ticks).toEqual([1000, 2000])
    clock.pause()
    clock.step()
    expect(ticks).toEqual([1000, 2000])
  })

  test('stops at once, or after the pending tick and exactly one more', async () => {
    const hard = start()
    hard.timers.advance(1500)
    expect(await hard.clock.stop(true)).toBe(1000)
    hard.timers.advance(10_000)
    expect(hard.ticks).toEqual([1000])
    expect(hard.timers.waiting).toBe(0)
    const soft = start()
    soft.timers.advance(1500)
    expect(await soft.clock.stop(false)).toBe(3000)
    soft.timers.advance(10_000)
    expect(soft.ticks).toEqual([1000, 2000, 3000])
    expect(soft.timers.waiting).toBe(0)
  })

  test('waits for longer than the platform has alarms for', () => {
    const dayMs = 86_400_000
    const { timers, ticks } = start({ speed: 0.01 }, dayMs)
    const alarms: number[] = []
    const after = timers.after.bind(timers)
    timers.after = (delayMs, fn) => {
      alarms.push(delayMs)
      return after(delayMs, fn)
    }
    timers.advance(100 * dayMs - 1)
    expect(ticks).toEqual([])
    timers.advance(1)
    expect(ticks).toEqual([dayMs])
    expect(Math.max(...alarms)).toBeLessThan(2 ** 31)
  })
})
