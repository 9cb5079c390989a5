import type { BatchData, BatchFailure, OutputBatch } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { CatchUp } from '#engine/model/catch-up.ts'
import type { ClockState, Totals } from '#engine/model/run-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'

const FRAME_MS = 33
/** While nothing happens the clock is still told. */
const QUIET_FRAME_MS = 250
const MOST_INFOS = 200
const MOST_OUTPUTS = 50
/** Batches beyond those of which the figures are still told: a chart has no holes. */
const MOST_FIGURES = 300
const MOST_FAILURES = 20

/** What a frame tells beside what happened. */
interface FrameFacts {
  readonly clock: ClockState
  readonly waitingBatches: number
  readonly catchUp: CatchUp | undefined
}

/** Puts what happens between two frames into one message, so that the page hears at most 30 a second however fast batches are. */
export class FrameSender {
  private readonly timers: Timers
  private readonly send: (event: DriverEvent) => void
  private readonly facts: () => FrameFacts
  private infos = new Map<number, BatchInfo>()
  private outputs: { timeMs: number; outputs: readonly OutputBatch[] }[] = []
  private failures: BatchFailure[] = []
  private newest: BatchData | undefined
  private completed = 0
  private failed = 0
  private records = 0
  private lastFrameMs = 0
  private cancel: (() => void) | undefined
  private isOver = false

  constructor(timers: Timers, send: (event: DriverEvent) => void, facts: () => FrameFacts) {
    this.timers = timers
    this.send = send
    this.facts = facts
  }

  batch(info: BatchInfo): void {
    this.infos.delete(info.batchTimeMs)
    this.infos.set(info.batchTimeMs, info)
    for (const timeMs of this.infos.keys()) {
      if (this.infos.size <= MOST_INFOS) break
      this.infos.delete(timeMs)
    }
    // Spark's header counts the records of all batches that have started.
    const starts = info.status === 'processing' && info.outputs.every(({ startMs }) => startMs === undefined)
    if (starts) this.records += info.numRecords
    this.soon(FRAME_MS)
  }

  batchCompleted(info: BatchInfo, data: BatchData): void {
    this.completed += 1
    if (data.failures.length > 0) this.failed += 1
    this.newest = data
    if (data.outputs.length > 0) this.outputs.push({ timeMs: data.timeMs, outputs: data.outputs })
    this.thin()
    this.batch(info)
  }

  failure(failure: BatchFailure): void {
    this.failures.push(failure)
    if (this.failures.length > MOST_FAILURES) this.failures.shift()
    this.soon(FRAME_MS)
  }

  /** Of the oldest batch that is still whole, only the figures stay. */
  private thin(): void {
    const place = this.outputs.length - MOST_OUTPUTS - 1
    const entry = this.outputs[place]
    if (entry === undefined) return
    const outputs = entry.outputs.filter((output) => output.figures !== undefined)
    this.outputs.splice(place, 1, ...(outputs.length === 0 ? [] : [{ ...entry, outputs }]))
    if (this.outputs.length > MOST_FIGURES) this.outputs.shift()
  }

  /** Sends what there is at once; the last time, nothing follows. */
  flush(isLast = false): void {
    this.cancel?.()
    this.cancel = undefined
    if (this.isOver) return
    this.lastFrameMs = this.timers.now()
    for (const failure of this.failures) this.send({ kind: 'failure', failure })
    const { clock, waitingBatches, catchUp } = this.facts()
    const totals: Totals = {
      completedBatches: this.completed,
      waitingBatches,
      totalRecords: this.records,
      failedBatches: this.failed,
    }
    const more = {
      ...(this.newest === undefined ? {} : { newest: this.newest }),
      ...(catchUp === undefined ? {} : { catchUp }),
    }
    this.send({ kind: 'frame', clock, batches: [...this.infos.values()], totals, outputs: this.outputs, ...more })
    this.infos = new Map()
    this.outputs = []
    this.failures = []
    this.newest = undefined
    this.isOver = isLast
    if (!isLast) this.soon(QUIET_FRAME_MS)
  }

  private soon(withinMs: number): void {
    if (this.isOver) return
    if (withinMs === FRAME_MS && this.cancel !== undefined) {
      this.cancel()
      this.cancel = undefined
    }
    const sinceMs = this.timers.now() - this.lastFrameMs
    this.cancel ??= this.timers.after(Math.max(1, withinMs - sinceMs), () => this.flush())
  }
}
