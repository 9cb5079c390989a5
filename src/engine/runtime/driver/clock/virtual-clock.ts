import { invariant } from '#engine/model/invariant.ts'
import type { BatchClock } from './batch-clock.ts'
import type { Timers } from './timers.ts'

export interface VirtualClockOptions {
  readonly speed: number | 'max'
  readonly paused: boolean
  /** Batch time at the start. */
  readonly nowMs: number
  /** No tick after this time: the run ends there. */
  readonly untilMs?: number
}

/** The platform's alarms take no longer delay: they would go off at once. */
const LONGEST_ALARM_MS = 2 ** 31 - 1

/** Batch time that is independent of the wall clock: it runs at any speed, stands still, or goes from batch to batch.
 *  Given the same ticks, everything that depends on batch time alone is the same on every run. */
export class VirtualClock implements BatchClock {
  readonly kind = 'virtual'
  paused: boolean
  speed: number | 'max'
  private readonly timers: Timers
  private readonly untilMs: number
  /** Batch time `anchorMs` was reached at wall time `anchorWallMs`. */
  private anchorMs: number
  private anchorWallMs: number
  private nextMs = Number.POSITIVE_INFINITY
  private lastMs: number
  private periodMs = 0
  private tick: ((timeMs: number) => void) | undefined
  private cancel: (() => void) | undefined
  private isIdle = true

  constructor(timers: Timers, options: VirtualClockOptions) {
    this.timers = timers
    this.speed = options.speed
    this.paused = options.paused
    this.anchorMs = options.nowMs
    this.lastMs = options.nowMs
    this.anchorWallMs = timers.now()
    this.untilMs = options.untilMs ?? Number.POSITIVE_INFINITY
  }

  now(): number {
    // Before the start time stands still, however long that takes: zero time must not depend on it.
    if (this.tick === undefined || this.paused || this.speed === 'max') return this.anchorMs
    const passedMs = Math.max(0, this.timers.now() - this.anchorWallMs) * this.speed
    return Math.min(this.anchorMs + passedMs, this.nextMs)
  }

  start(firstMs: number, periodMs: number, tick: (timeMs: number) => void): void {
    invariant(this.tick === undefined, 'a clock starts once')
    this.tick = tick
    this.periodMs = periodMs
    this.nextMs = firstMs
    this.lastMs = firstMs - periodMs
    this.anchorAt(this.lastMs)
    this.schedule()
  }

  idle(): void {
    this.isIdle = true
    if (this.speed === 'max') this.schedule()
  }

  pause(): void {
    this.anchorAt(this.now())
    this.paused = true
    this.unschedule()
  }

  resume(): void {
    if (!this.paused) return
    this.anchorWallMs = this.timers.now()
    this.paused = false
    this.schedule()
  }

  step(): void {
    if (this.paused && this.nextMs <= this.untilMs) this.fire()
  }

  setSpeed(speed: number | 'max'): void {
    this.anchorAt(this.now())
    this.speed = speed
    this.unschedule()
    this.schedule()
  }

  stop(interrupt: boolean): Promise<number> {
    this.unschedule()
    for (let extra = 0; !interrupt && extra < 2 && this.tick !== undefined && this.nextMs <= this.untilMs; extra++)
      this.fire()
    this.anchorAt(Math.max(this.now(), this.lastMs))
    this.tick = undefined
    return Promise.resolve(this.lastMs)
  }

  private anchorAt(timeMs: number): void {
    this.anchorMs = timeMs
    this.anchorWallMs = this.timers.now()
  }

  private unschedule(): void {
    this.cancel?.()
    this.cancel = undefined
  }

  private schedule(): void {
    if (this.tick === undefined || this.paused || this.cancel !== undefined || this.nextMs > this.untilMs) return
    if (this.speed === 'max' && !this.isIdle) return
    const delayMs = this.speed === 'max' ? 0 : Math.max(0, (this.nextMs - this.now()) / this.speed)
    this.cancel = this.timers.after(Math.min(delayMs, LONGEST_ALARM_MS), () => {
      this.cancel = undefined
      if (delayMs <= LONGEST_ALARM_MS) this.fireDue()
      this.schedule()
    })
  }

  private fireDue(): void {
    if (this.speed === 'max') {
      this.fire()
      return
    }
    const reachedMs = this.anchorMs + (this.timers.now() - this.anchorWallMs) * this.speed
    // A timer may come a fraction of a millisecond early: the tick it was set for is due all the same.
    do this.fire()
    while (this.tick !== undefined && !this.paused && this.nextMs <= Math.min(reachedMs, this.untilMs))
  }

  private fire(): void {
    const timeMs = this.nextMs
    this.lastMs = timeMs
    this.nextMs += this.periodMs
    this.isIdle = false
    if (this.paused || this.speed === 'max') this.anchorAt(timeMs)
    this.tick?.(timeMs)
  }
}
