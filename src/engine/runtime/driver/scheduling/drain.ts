import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** A wait until nothing is left to run: whoever finds that ends it, or the time does. One at a time. */
export class Drain {
  private resolve: (() => void) | undefined

  end(): void {
    this.resolve?.()
  }

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.resolve = resolve
    })
  }

  async waitAtMost(timers: Timers, limitMs: number, onTimeout: () => void): Promise<void> {
    const over = this.wait()
    const cancel = timers.after(limitMs, () => {
      onTimeout()
      this.end()
    })
    await over
    cancel()
  }
}
