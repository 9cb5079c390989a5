import type { Timers } from '#engine/runtime/driver/timers.ts'

/** A wall clock that only moves when it is told to. */
export class FakeTimers implements Timers {
  private nowMs: number
  private alarms: { readonly atMs: number; readonly fn: () => void }[] = []

  constructor(nowMs = 0) {
    this.nowMs = nowMs
  }

  now(): number {
    return this.nowMs
  }

  after(delayMs: number, fn: () => void): () => void {
    const alarm = { atMs: this.nowMs + Math.max(0, delayMs), fn }
    this.alarms.push(alarm)
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm)
    }
  }

  /** Goes on by so many ms, alarm by alarm; before each and after the last, whatever waits for no alarm gets done. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms
    for (;;) {
      await settled()
      const due = this.alarms
        .filter(({ atMs }) => atMs <= endMs)
        .reduce<(typeof this.alarms)[number] | undefined>(
          (a, b) => (a !== undefined && a.atMs <= b.atMs ? a : b),
          undefined,
        )
      if (due === undefined) break
      this.alarms = this.alarms.filter((each) => each !== due)
      this.nowMs = Math.max(this.nowMs, due.atMs)
      due.fn()
    }
    this.nowMs = endMs
  }
}

/** All promises that wait for nothing outside have run. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
