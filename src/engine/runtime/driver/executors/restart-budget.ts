import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

const MOST = 3
const PERIOD_MS = 60_000

/** How often lost executors may be replaced: three times a minute, so that code that always hangs stops the run instead of the machine. */
export class RestartBudget {
  private readonly timers: Timers
  private spent: number[] = []

  constructor(timers: Timers) {
    this.timers = timers
  }

  /** Whether one more replacement is allowed now; if so it counts. */
  spend(): boolean {
    const nowMs = this.timers.now()
    this.spent = this.spent.filter((timeMs) => nowMs - timeMs < PERIOD_MS)
    if (this.spent.length >= MOST) return false
    this.spent.push(nowMs)
    return true
  }
}
