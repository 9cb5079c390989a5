import type { ReceiverState } from '#engine/model/run-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** How much of the last seconds a source was made to wait, from 0 to 1: a mean over all time in which each moment weighs less the longer it is past.
 *  Units:  wall ms */
export class HeldShare {
  isHeld = false
  private readonly timers: Pick<Timers, 'now'>
  private readonly overMs: number | undefined
  private share = 0
  private sinceMs: number | undefined

  /** `overMs`: how long ago a moment weighs 1/e of the newest one; undefined: nothing is told. */
  constructor(timers: Pick<Timers, 'now'>, overMs: number | undefined) {
    this.timers = timers
    this.overMs = overMs
  }

  /** From now on it is held, or not. */
  note(isHeld: boolean): void {
    this.share = this.now(this.overMs ?? 0)
    this.sinceMs = this.timers.now()
    this.isHeld = isHeld
  }

  /** What a receiver's state tells of it, if there is now something to hold. */
  told(isConnected: boolean): Pick<ReceiverState, 'heldShare'> {
    return isConnected && this.overMs !== undefined ? { heldShare: this.now(this.overMs) } : {}
  }

  private now(overMs: number): number {
    if (this.sinceMs === undefined) return 0
    const passedMs = Math.max(0, this.timers.now() - this.sinceMs)
    const target = this.isHeld ? 1 : 0
    return target + (this.share - target) * Math.exp(-passedMs / Math.max(1, overMs))
  }
}
