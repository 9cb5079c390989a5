import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** Between two pulls: what a receiver does must not keep the driver busy. */
const LEAST_PAUSE_MS = 20

/** When a receiver's worker is asked next: at the earliest of all times that were wanted, and not right after the last. */
export class PullSchedule {
  private readonly timers: Timers
  private readonly pull: () => void
  private next: { readonly atMs: number; readonly cancel: () => void } | undefined
  private lastMs = Number.NEGATIVE_INFINITY

  constructor(timers: Timers, pull: () => void) {
    this.timers = timers
    this.pull = pull
  }

  in(delayMs: number): void {
    const atMs = Math.max(this.timers.now() + delayMs, this.lastMs + LEAST_PAUSE_MS)
    if (this.next !== undefined && this.next.atMs <= atMs) return
    this.next?.cancel()
    this.next = { atMs, cancel: this.timers.after(atMs - this.timers.now(), () => this.now()) }
  }

  now(): void {
    this.cancel()
    this.lastMs = this.timers.now()
    this.pull()
  }

  cancel(): void {
    this.next?.cancel()
    this.next = undefined
  }
}
