import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** Node's clock and timers. Each alarm waits until `full` has nothing more to wait for, so that a run is no faster than whoever
 *  reads what it prints. */
export function nodeTimers(full: () => Promise<void> | undefined): Timers {
  return {
    now: () => Date.now(),
    after: (delayMs, fn) => {
      let cancelled = false
      const ring = (): void => {
        const waiting = full()
        if (waiting !== undefined) void waiting.then(ring)
        else if (!cancelled) fn()
      }
      // An immediate lets signals and sockets have their turn, without the millisecond that a timer takes at least.
      const immediate = delayMs <= 0 ? setImmediate(ring) : undefined
      const timer = immediate === undefined ? setTimeout(ring, delayMs) : undefined
      return () => {
        cancelled = true
        clearImmediate(immediate)
        clearTimeout(timer)
      }
    },
  }
}
