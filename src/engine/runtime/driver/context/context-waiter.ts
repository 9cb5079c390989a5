import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { SparkException } from './spark-exception.ts'

/** Lets callers wait until a context is stopped or something has failed. An error is kept: whoever waits later is given the latest.
 *  Source: ContextWaiter */
export class ContextWaiter {
  private readonly timers: Timers
  private error: SparkException | undefined
  private stopped = false
  private readonly waiting = new Set<() => void>()

  constructor(timers: Timers) {
    this.timers = timers
  }

  notifyError(message: string): void {
    this.error = new SparkException(message)
    this.wake()
  }

  notifyStop(): void {
    this.stopped = true
    this.wake()
  }

  /** Whether the context is stopped, after `timeoutMs` at the latest; a negative one waits for ever.
   *  Fails: rejects with the SparkException of the latest failure */
  async wait(timeoutMs = -1): Promise<boolean> {
    if (!this.stopped && this.error === undefined) await this.untilWoken(timeoutMs)
    if (this.error !== undefined) throw this.error
    return this.stopped
  }

  private untilWoken(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel()
        this.waiting.delete(wake)
        resolve()
      }
      const cancel = timeoutMs < 0 ? (): void => {} : this.timers.after(timeoutMs, wake)
      this.waiting.add(wake)
    })
  }

  private wake(): void {
    for (const wake of this.waiting) wake()
  }
}
