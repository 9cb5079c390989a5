import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

interface Alarm {
  readonly atMs: number
  readonly fn: () => void
}

/** A wall clock that stands still until a test moves it. */
export class FakeTimers implements Timers {
  private nowMs: number
  private readonly alarms = new Set<Alarm>()

  constructor(nowMs = 0) {
    this.nowMs = nowMs
  }

  now(): number {
    return this.nowMs
  }

  after(delayMs: number, fn: () => void): () => void {
    const alarm = { atMs: this.nowMs + Math.max(0, delayMs), fn }
    this.alarms.add(alarm)
    return () => this.alarms.delete(alarm)
  }

  /** Alarms that are set. */
  get waiting(): number {
    return this.alarms.size
  }

  /** Lets time pass, alarm by alarm. */
  advance(ms: number): void {
    const untilMs = this.nowMs + ms
    for (let next = this.next(untilMs); next !== undefined; next = this.next(untilMs)) {
      this.nowMs = Math.max(this.nowMs, next.atMs)
      this.alarms.delete(next)
      next.fn()
    }
    this.nowMs = untilMs
  }

  /** As `advance`, and before each alarm and after the last everything runs that is ready. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms
    await settle()
    for (let next = this.next(untilMs); next !== undefined; next = this.next(untilMs)) {
      this.advance(Math.max(0, next.atMs - this.nowMs))
      await settle()
    }
    this.nowMs = untilMs
  }

  /** Lets time pass with nobody awake; whatever is overdue comes afterwards. */
  sleep(ms: number): void {
    this.nowMs += ms
    this.advance(0)
  }

  private next(untilMs: number): Alarm | undefined {
    const due = [...this.alarms].filter(({ atMs }) => atMs <= untilMs)
    return due.sort((a, b) => a.atMs - b.atMs)[0]
  }
}

/** Lets everything that is ready run: promises, and what they start. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await undefined
}
