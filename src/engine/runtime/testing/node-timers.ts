import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** Node's clock and timers. */
export const nodeTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, fn) => {
    if (delayMs <= 0) {
      const immediate = setImmediate(fn)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(fn, delayMs)
    return () => clearTimeout(timer)
  },
}
