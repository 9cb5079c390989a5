import type { CodeFrame } from '#engine/model/batch-data.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { SupervisorOptions } from './supervisor.ts'

const MOST = 20
const PERIOD_MS = 10_000

/** Lets so many warnings of user code through as a person may read, and says where it left some out. */
export class WarningBudget {
  private readonly timers: Timers
  private readonly onWarning: SupervisorOptions['onWarning']
  private sinceMs = Number.NEGATIVE_INFINITY
  private told = 0

  constructor(timers: Timers, onWarning: SupervisorOptions['onWarning']) {
    this.timers = timers
    this.onWarning = onWarning
  }

  warn(message: string, frames?: readonly CodeFrame[]): void {
    const nowMs = this.timers.now()
    if (nowMs - this.sinceMs >= PERIOD_MS) {
      this.sinceMs = nowMs
      this.told = 0
    }
    this.told += 1
    if (this.told <= MOST) this.onWarning(message, frames)
    else if (this.told === MOST + 1) this.onWarning('More is reported than is shown here.')
  }
}
