import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { WallClock } from './wall-clock.ts'

const clock = new WallClock(
  () => Date.now(),
  () => performance.now(),
)

const ticks = new MessageChannel()
const soon: (() => void)[] = []
ticks.port1.onmessage = () => soon.shift()?.()

/** The worker's clock and timers. A delay of nothing goes through a message: nested timeouts wait 4 ms at least. */
export const workerTimers: Timers = {
  now: () => clock.now(),
  after: (delayMs, fn) => {
    if (delayMs > 0) {
      const timer = setTimeout(fn, delayMs)
      return () => clearTimeout(timer)
    }
    let isWanted = true
    soon.push(() => {
      if (isWanted) fn()
    })
    ticks.port2.postMessage(undefined)
    return () => {
      isWanted = false
    }
  },
}
