export const PING_EVERY_MS = 600
export const DEAD_AFTER_MS = 700
/** A timer that fires this much late says that the page itself stood still, and its mail with it. */
const LATE_MS = 150

export interface Pulse {
  start(): void
  answer(seq: number): void
  stop(): void
}

/** Asks again and again, and calls `onLost` once when an answer is overdue while the page itself was awake. */
export function watchPulse(watched: { ping(seq: number): void; onLost(): void }): Pulse {
  let seq = 0
  let answered = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function ask(): void {
    seq += 1
    watched.ping(seq)
    expectAnswer(DEAD_AFTER_MS)
  }

  function expectAnswer(waitMs: number): void {
    const dueMs = performance.now() + waitMs
    timer = setTimeout(() => {
      if (answered === seq) return
      if (performance.now() - dueMs > LATE_MS) expectAnswer(DEAD_AFTER_MS)
      else watched.onLost()
    }, waitMs)
  }

  return {
    start: ask,
    answer(of) {
      if (of !== seq || answered === seq || timer === undefined) return
      answered = seq
      clearTimeout(timer)
      timer = setTimeout(ask, PING_EVERY_MS)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
