import { invariant } from '#engine/model/invariant.ts'
import type { BatchClock } from './batch-clock.ts'
import type { Timers } from './timers.ts'

/** Batch time that is wall time: it can neither stand still nor hurry.
 *  Source: util/SystemClock, util/RecurringTimer */
export class RealClock implements BatchClock {
  readonly kind = 'real'
  readonly paused = false
  readonly speed = 1
  private readonly timers: Timers
  private nextMs = Number.POSITIVE_INFINITY
  private lastMs = 0
  private periodMs = 0
  private tick: ((timeMs: number) => void) | undefined
  private cancel: (() => void) | undefined
  /** Ticks that a stop still lets through. */
  private left = Number.POSITIVE_INFINITY
  private stopped: ((lastMs: number) => void) | undefined

  constructor(timers: Timers) {
    this.timers = timers
  }

  now(): number {
    return this.timers.now()
  }

  start(firstMs: number, periodMs: number, tick: (timeMs: number) => void): void {
    invariant(this.tick === undefined, 'a clock starts once')
    this.tick = tick
    this.periodMs = periodMs
    this.nextMs = firstMs
    this.lastMs = firstMs - periodMs
    this.schedule()
  }

  idle(): void {}

  pause(): void {}

  resume(): void {}

  step(): void {}

  setSpeed(): void {}

  stop(interrupt: boolean): Promise<number> {
    if (interrupt || this.tick === undefined) {
      this.end()
      return Promise.resolve(this.lastMs)
    }
    this.left = 2
    return new Promise((resolve) => {
      this.stopped = resolve
    })
  }

  private schedule(): void {
    if (this.tick === undefined) return
    this.cancel = this.timers.after(Math.max(0, this.nextMs - this.timers.now()), () => {
      while (this.tick !== undefined && this.nextMs <= this.timers.now()) this.fire()
      this.schedule()
    })
  }

  private fire(): void {
    this.lastMs = this.nextMs
    this.nextMs += this.periodMs
    this.left -= 1
    this.tick?.(this.lastMs)
    if (this.left <= 0) this.end()
  }

  private end(): void {
    this.cancel?.()
    this.tick = undefined
    this.stopped?.(this.lastMs)
  }
}
