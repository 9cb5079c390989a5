import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

/** A wait that somebody ends, or the time does. */
export function waitAtMost(
  timers: Timers,
  limitMs: number,
  onTimeout: () => void,
): { readonly over: Promise<void>; readonly end: () => void } {
  let end = (): void => {}
  const over = new Promise<void>((resolve) => {
    const cancel = timers.after(limitMs, () => {
      onTimeout()
      resolve()
    })
    end = () => {
      cancel()
      resolve()
    }
  })
  return { over, end }
}
