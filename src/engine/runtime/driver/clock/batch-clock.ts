/** What decides when batches are made.
 *  Source: util/RecurringTimer, util/Clock */
export interface BatchClock {
  readonly kind: 'virtual' | 'real'
  /** ms of batch time. */
  now(): number
  readonly paused: boolean
  readonly speed: number | 'max'
  /** Calls `tick` for firstMs, firstMs + periodMs, … each with its own nominal time; late ones follow back to back, none is dropped. */
  start(firstMs: number, periodMs: number, tick: (timeMs: number) => void): void
  /** The batches so far are done: a clock that runs as fast as it can goes on. */
  idle(): void
  pause(): void
  resume(): void
  /** One tick now; only while paused. */
  step(): void
  setSpeed(speed: number | 'max'): void
  /** No more ticks at once; or, not interrupting, the pending tick and exactly one more. Resolves with the last tick's time. */
  stop(interrupt: boolean): Promise<number>
}
