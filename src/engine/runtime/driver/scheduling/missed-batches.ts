import type { CatchUp, Skipped } from '#engine/model/catch-up.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { Backlog } from './backlog.ts'

/** So many missed batches run like any others; of more a person is told, and they are generated as they are run. */
const MOST_AT_ONCE = 10
/** A tick that comes later than this (and than as many batches as above) was not slow: nobody was awake. */
const LATE_MS = 5_000
/** Batches that are generated before they are needed. */
const AHEAD = 3
/** Batches that are generated before anything else gets a turn. */
const MOST_IN_A_ROW = 20

export interface MissedBatchesOptions {
  readonly timers: Timers
  readonly clock: BatchClock
  readonly batchMs: number
  /** Whether they are left out unasked. */
  readonly skips: boolean
  generate(timeMs: number): void
  /** Batches on their way to the executors or there. */
  running(): number
  /** Newest batch that was ever begun. */
  begunUntilMs(): number
  /** These batches will never be. */
  onSkipped(skipped: Skipped): void
  /** Nothing waits any more. */
  onEmptied(): void
}

/** Batches that were not made in time: of a down time, or of a computer that slept. They run without holding up the driver, one after
 *  another, with a count, and only while nobody has them wait; or they are left out. */
export class MissedBatches {
  /** Whether they are left out unasked. */
  skips: boolean
  private readonly options: MissedBatchesOptions
  private readonly backlog: Backlog
  private isStopped = false
  private isPumping = false
  private isYielding = false
  /** Batches generated since others had a turn. */
  private inARow = 0
  /** Batches that were told to queue and have not come yet. */
  private coming = 0
  /** Late ticks that were left out since the last one that was not. */
  private skipping: Skipped | undefined

  constructor(options: MissedBatchesOptions) {
    this.options = options
    this.skips = options.skips
    const { timers, clock, batchMs } = options
    this.backlog = new Backlog(timers, clock.kind === 'real' ? batchMs : undefined)
  }

  /** Batches that wait to be generated. */
  get size(): number {
    return this.backlog.size + this.coming
  }

  /** How far it is; undefined when nothing waits. */
  get progress(): CatchUp | undefined {
    return this.backlog.progress(this.options.running())
  }

  /** What is to be done with these batches of a restart: few run at once as they are, many behind a count. */
  take(times: readonly number[]): 'generate' | 'queue' {
    if (times.length <= MOST_AT_ONCE) return 'generate'
    this.backlog.begin('restart')
    this.coming = times.length
    return 'queue'
  }

  /** What is to be done with the batch of a tick. */
  judge(timeMs: number): 'generate' | 'queue' | 'skip' {
    const isLate = this.isLate(timeMs)
    if (isLate && this.skips && this.size === 0) {
      const { fromMs = timeMs, count = 0 } = this.skipping ?? {}
      this.skipping = { why: 'late', fromMs, toMs: timeMs, count: count + 1 }
      return 'skip'
    }
    if (this.skipping !== undefined) this.options.onSkipped(this.skipping)
    this.skipping = undefined
    if (isLate && this.size === 0) this.backlog.begin('late')
    if (this.size === 0 && !isLate) return 'generate'
    this.coming += 1
    return 'queue'
  }

  push(timeMs: number): void {
    this.coming -= 1
    this.backlog.push(timeMs)
    this.pump()
  }

  /** Generates what waits as long as the executors have little to do. */
  pump(): void {
    if (this.isPumping) return
    this.isPumping = true
    while (this.mayTake()) {
      const timeMs = this.backlog.take()
      if (timeMs === undefined) break
      this.inARow += 1
      this.options.generate(timeMs)
    }
    this.isPumping = false
    if (this.inARow >= MOST_IN_A_ROW) this.yield()
  }

  /** Executors in the same thread would let nobody else have a turn. */
  private yield(): void {
    if (this.isYielding) return
    this.isYielding = true
    this.options.timers.after(0, () => {
      this.isYielding = false
      this.inARow = 0
      this.pump()
    })
  }

  pause(): void {
    if (this.size > 0) this.backlog.pause()
  }

  resume(): void {
    this.backlog.resume()
    this.pump()
  }

  /** Goes on from now, with what was received until then: those that have not begun are left out, as if their times had no RDD; those that had begun before a restart run.
   *  With `always` later ones too, unasked. */
  skip(always = this.skips): void {
    this.skips = always
    const { why = 'late' } = this.progress ?? {}
    const dropped = this.backlog.drop(this.options.begunUntilMs())
    const [fromMs] = dropped
    const toMs = dropped.at(-1)
    if (fromMs !== undefined && toMs !== undefined) this.options.onSkipped({ why, fromMs, toMs, count: dropped.length })
    this.resume()
    this.options.onEmptied()
  }

  stop(): void {
    this.isStopped = true
  }

  private isLate(timeMs: number): boolean {
    const { clock, batchMs } = this.options
    return clock.kind === 'real' && clock.now() - timeMs > Math.max(LATE_MS, MOST_AT_ONCE * batchMs)
  }

  private mayTake(): boolean {
    if (this.isStopped || this.backlog.isPaused || this.backlog.size === 0) return false
    return this.inARow < MOST_IN_A_ROW && this.options.running() < AHEAD
  }
}
