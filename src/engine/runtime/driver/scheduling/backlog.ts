import type { CatchUp } from '#engine/model/catch-up.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** Batches that the estimate of the time left looks back on. */
const SAMPLE = 50

/** Batch times that are due and wait to be generated: those of a down time, or of a computer that slept. They are taken one by one, so that
 *  forty thousand of them neither fill the memory nor hold up the driver. */
export class Backlog {
  private readonly timers: Timers
  /** Wall ms between two batches that come due; undefined: none comes by itself. */
  private readonly arrivalMs: number | undefined
  private times: number[] = []
  private taken = 0
  private why: CatchUp['why'] = 'restart'
  private paused = false
  /** Wall ms at which the newest batches were taken. */
  private samples: number[] = []

  constructor(timers: Timers, arrivalMs: number | undefined) {
    this.timers = timers
    this.arrivalMs = arrivalMs
  }

  /** Times that wait. */
  get size(): number {
    return this.times.length - this.taken
  }

  get isPaused(): boolean {
    return this.paused
  }

  /** Starts a new count; what was there is done. */
  begin(why: CatchUp['why']): void {
    this.why = why
    this.times = []
    this.taken = 0
    this.paused = false
    this.samples = []
  }

  push(timeMs: number): void {
    this.times.push(timeMs)
  }

  take(): number | undefined {
    const timeMs = this.times[this.taken]
    if (timeMs === undefined) return undefined
    this.taken += 1
    this.samples.push(this.timers.now())
    if (this.samples.length > SAMPLE) this.samples.shift()
    return timeMs
  }

  pause(): void {
    this.paused = true
    this.samples = []
  }

  resume(): void {
    this.paused = false
  }

  /** Removes the times after `afterMs` and gives them. */
  drop(afterMs: number): readonly number[] {
    const dropped = this.times.slice(this.taken).filter((timeMs) => timeMs > afterMs)
    this.times = this.times.filter((timeMs, place) => place < this.taken || timeMs <= afterMs)
    return dropped
  }

  /** How far it is; undefined when nothing waits. `running`: batches that were taken and are not done. */
  progress(running: number): CatchUp | undefined {
    const nextMs = this.times[this.taken]
    if (nextMs === undefined) return undefined
    const done = Math.max(0, this.taken - running)
    const leftMs = this.leftMs(this.times.length - done)
    return {
      why: this.why,
      done,
      total: this.times.length,
      nextMs,
      paused: this.paused,
      ...(leftMs === undefined ? {} : { leftMs }),
    }
  }

  private leftMs(left: number): number | undefined {
    const [firstMs] = this.samples
    if (firstMs === undefined || this.samples.length < 5) return undefined
    const perMs = (this.samples.length - 1) / Math.max(1, this.timers.now() - firstMs)
    const gainPerMs = perMs - (this.arrivalMs === undefined ? 0 : 1 / this.arrivalMs)
    return gainPerMs > 0 ? Math.round(left / gainPerMs) : undefined
  }
}
