import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'

/** A wall clock in a test's hands, which may jump: a down time, or a computer that slept. */
export class ManualClock implements BatchClock {
  readonly kind = 'real'
  readonly paused = false
  readonly speed = 1
  private nowMs: number
  private readonly untilMs: number
  private nextMs = Number.POSITIVE_INFINITY
  private periodMs = 0
  private tick: ((timeMs: number) => void) | undefined

  /** No tick comes after `untilMs`. */
  constructor(nowMs: number, untilMs = Number.POSITIVE_INFINITY) {
    this.nowMs = nowMs
    this.untilMs = untilMs
  }

  now(): number {
    return this.nowMs
  }

  start(firstMs: number, periodMs: number, tick: (timeMs: number) => void): void {
    this.nextMs = firstMs
    this.periodMs = periodMs
    this.tick = tick
    this.moveTo(this.nowMs)
  }

  /** Ticks that are overdue come back to back. */
  moveTo(nowMs: number): void {
    this.nowMs = nowMs
    while (this.nextMs <= Math.min(nowMs, this.untilMs)) {
      const timeMs = this.nextMs
      this.nextMs += this.periodMs
      this.tick?.(timeMs)
    }
  }

  idle(): void {}

  pause(): void {}

  resume(): void {}

  step(): void {}

  setSpeed(): void {}

  stop(): Promise<number> {
    this.tick = undefined
    return Promise.resolve(this.nextMs - this.periodMs)
  }
}
