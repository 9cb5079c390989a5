import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'

export interface LimitedClockOptions {
  /** Known only to a run that goes on from a checkpoint; otherwise the batch interval before the first tick. */
  readonly zeroMs: number | undefined
  /** Number of the last batch; absent: no end. */
  readonly batches: number | undefined
  /** Everything up to this batch is done; nothing more comes when `isLast`. */
  onQuiet(lastMs: number, isLast: boolean): void
}

/** A clock that ends with a certain batch, whichever way the context is stopped: no batch behind it is ever made. */
export class LimitedClock implements BatchClock {
  private readonly clock: BatchClock
  private readonly options: LimitedClockOptions
  private lastMs = Number.NEGATIVE_INFINITY
  private untilMs = Number.POSITIVE_INFINITY

  constructor(clock: BatchClock, options: LimitedClockOptions) {
    this.clock = clock
    this.options = options
  }

  get kind(): BatchClock['kind'] {
    return this.clock.kind
  }

  get paused(): boolean {
    return this.clock.paused
  }

  get speed(): BatchClock['speed'] {
    return this.clock.speed
  }

  now(): number {
    return this.clock.now()
  }

  start(firstMs: number, periodMs: number, tick: (timeMs: number) => void): void {
    const { zeroMs = firstMs - periodMs, batches = Number.POSITIVE_INFINITY } = this.options
    this.untilMs = zeroMs + batches * periodMs
    this.lastMs = firstMs - periodMs
    this.clock.start(firstMs, periodMs, (timeMs) => {
      if (timeMs > this.untilMs) return
      this.lastMs = timeMs
      tick(timeMs)
      this.stopAtEnd()
    })
    this.stopAtEnd()
  }

  idle(): void {
    this.clock.idle()
    if (Number.isFinite(this.lastMs)) this.options.onQuiet(this.lastMs, this.lastMs >= this.untilMs)
  }

  pause(): void {
    this.clock.pause()
  }

  resume(): void {
    this.clock.resume()
  }

  step(): void {
    this.clock.step()
  }

  setSpeed(speed: number | 'max'): void {
    this.clock.setSpeed(speed)
  }

  stop(interrupt: boolean): Promise<number> {
    return this.clock.stop(interrupt)
  }

  private stopAtEnd(): void {
    if (this.lastMs >= this.untilMs) void this.clock.stop(true)
  }
}
