import { describe, expect, it } from 'vitest'
import { RealClock } from '#engine/runtime/driver/clock/real-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { LimitedClock } from './limited-clock.ts'

/** A wall clock that moves when it is told to. */
class FakeTimers implements Timers {
  private nowMs = 0
  private alarms: { readonly atMs: number; readonly fn: () => void }[] = []

  now(): number {
    return this.nowMs
  }

  after(delayMs: number, fn: () => void): () => void {
    const alarm = { atMs: this.nowMs + delayMs, fn }
    this.alarms.push(alarm)
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm)
    }
  }

  advanceTo(timeMs: number): void {
    for (;;) {
      const next = this.alarms.filter((each) => each.atMs <= timeMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      this.alarms = this.alarms.filter((each) => each !== next)
      this.nowMs = next.atMs
      next.fn()
    }
    this.nowMs = timeMs
  }
}

function limited(kind: 'manual' | 'real', batches: number | undefined, zeroMs?: number) {
  const timers = new FakeTimers()
  const quiet: [number, boolean][] = []
  const inner =
    kind === 'real'
      ? new RealClock(timers)
      : new VirtualClock(timers, { speed: 'max', paused: false, nowMs: zeroMs ?? 0 })
  const clock = new LimitedClock(inner, { zeroMs, batches, onQuiet: (...args) => quiet.push(args) })
  return { timers, clock, quiet }
}

describe('a limited clock', () => {
  it.each(['manual', 'real'] as const)('ticks up to the last batch and says when all is quiet (%s)', (kind) => {
    const { timers, clock, quiet } = limited(kind, 3)
    const ticks: number[] = []
    clock.start(100, 100, (timeMs) => {
      ticks.push(timeMs)
      timers.after(0, () => clock.idle())
    })
    timers.advanceTo(1000)
    expect(ticks).toEqual([100, 200, 300])
    expect(quiet).toEqual([
      [100, false],
      [200, false],
      [300, true],
    ])
  })

  it('makes no batch behind the last one when it is stopped gracefully', async () => {
    const { clock } = limited('manual', 2)
    const ticks: number[] = []
    clock.start(100, 100, (timeMs) => ticks.push(timeMs))
    expect(await clock.stop(false)).toBe(200)
    expect(ticks).toEqual([100, 200])
  })

  it('counts batches from the zero time of the checkpoint it goes on from', () => {
    const { timers, clock, quiet } = limited('manual', 3, 1000)
    const ticks: number[] = []
    clock.start(1300, 100, (timeMs) => {
      ticks.push(timeMs)
      clock.idle()
    })
    timers.advanceTo(1000)
    expect(ticks).toEqual([1300])
    expect(quiet).toEqual([[1300, true]])
  })

  it('is at its end at once when the checkpoint is behind the last batch', () => {
    const { timers, clock, quiet } = limited('real', 2, 0)
    const ticks: number[] = []
    clock.start(500, 100, (timeMs) => ticks.push(timeMs))
    clock.idle()
    timers.advanceTo(1000)
    expect(ticks).toEqual([])
    expect(quiet).toEqual([[400, true]])
  })

  it('has no end without a number of batches', () => {
    const { timers, clock } = limited('real', undefined)
    let ticks = 0
    clock.start(100, 100, () => {
      ticks += 1
    })
    timers.advanceTo(5000)
    expect(ticks).toBe(50)
  })
})
