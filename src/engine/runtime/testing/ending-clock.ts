import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { nodeTimers } from './node-timers.ts'

export interface EndingClockOptions {
  readonly paused: boolean
  readonly untilMs: number
  /** The last batch is done, or had nothing to do. */
  onOver(): void
}

/** Virtual time as fast as it goes, until a time. */
export class EndingClock extends VirtualClock {
  private readonly ending: EndingClockOptions

  constructor(ending: EndingClockOptions) {
    super(nodeTimers, { speed: 'max', paused: ending.paused, nowMs: 0, untilMs: ending.untilMs })
    this.ending = ending
  }

  override idle(): void {
    super.idle()
    if (this.now() >= this.ending.untilMs) this.ending.onOver()
  }
}
