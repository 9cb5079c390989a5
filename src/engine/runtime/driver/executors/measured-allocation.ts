import type { BatchExecutors } from '#engine/model/batch-info.ts'
import type { Allocation, AllocationWish, MeasuredBatch, Reallocation } from './allocation.ts'

/** Batches of this time are worth a trial of more executors: what a shuffle between executors costs is small beside it. */
const LARGE_MS = 24
/** Batches that one executor would run in this time are not worth more than one. */
const SMALL_MS = 10
/** More executors stay when batches become faster by this factor. */
const MARGIN = 1.15
/** Batches after which more may be tried again, at first; each time it did not pay, twice as many. */
const PAUSE = 32
const LONGEST_PAUSE = 4096
/** Newest batches that are looked at. */
const WINDOW = 7
/** A move must have paid back in so many batches, and never take longer than this. */
const HORIZON = 100
const LONGEST_MOVE_MS = 3000
/** What moving one record costs until it has been measured. */
const RECORD_MS = 0.002
/** Moves of fewer records say nothing of what one costs. */
const TELLING_RECORDS = 5000

/** What batches took on fewer executors. */
interface Step {
  readonly executors: number
  readonly perRecordMs: number
}

/** Uses more than one executor only while batches are measured to be faster with them. Time per record is compared, as medians: batches differ in
 *  size, and the machine is disturbed. Growing pauses between trials let a steady load settle.
 *  Keeps: the newest batches */
export class MeasuredAllocation implements Allocation {
  executors = 1
  why: BatchExecutors['why'] = 'small'
  wish: AllocationWish | undefined
  private readonly most: number
  /** From one executor up to now. */
  private readonly steps: Step[] = []
  private isTrial = false
  private batches: MeasuredBatch[] = []
  /** Batches that are not looked at: their code is new to the executors, or to the machine. */
  private skip = 2
  private pause = 0
  private nextPause = PAUSE
  private recordMs = RECORD_MS

  /** `most`: all executors of the run. */
  constructor(most: number) {
    this.most = most
  }

  batchEnded(batch: MeasuredBatch): void {
    if (batch.records === 0 || batch.executors !== this.executors || this.wish !== undefined) return
    if (this.pause > 0) this.pause -= 1
    if (this.skip > 0) {
      this.skip -= 1
      return
    }
    this.batches = [...this.batches, batch].slice(-WINDOW)
    const takenMs = median(this.batches.map(({ processingMs }) => processingMs))
    if (this.batches.length >= neededFor(takenMs)) this.decide(takenMs, median(this.batches.map(perRecordOf)))
  }

  moved({ done, records, tookMs }: Reallocation): void {
    const { wish } = this
    this.wish = undefined
    this.batches = []
    if (wish === undefined) return
    if (records >= TELLING_RECORDS) this.recordMs = done ? tookMs / records : Math.max(this.recordMs, tookMs / records)
    const isMore = wish.executors > this.executors
    if (done !== isMore) this.steps.pop()
    if (done) {
      this.executors = wish.executors
      this.isTrial = isMore
      this.skip = isMore ? 4 : 1
      return
    }
    this.isTrial = false
    this.why = 'heavy'
    this.settle()
  }

  private decide(takenMs: number, perRecordMs: number): void {
    const before = this.steps.at(-1)
    const speedUp = before === undefined ? 1 : before.perRecordMs / perRecordMs
    if (before !== undefined && takenMs * Math.max(1, speedUp) < SMALL_MS) this.goBack(before, 'small', takenMs / 4)
    else if (before !== undefined && speedUp < (this.isTrial ? MARGIN : 1)) this.goBack(before, 'slower', takenMs / 4)
    else if (this.isTrial) {
      this.isTrial = false
      this.why = 'faster'
      this.nextPause = PAUSE
      this.pause = WINDOW
    } else if (takenMs >= LARGE_MS && this.executors < this.most && this.pause === 0) this.tryMore(takenMs, perRecordMs)
    else if (takenMs < LARGE_MS && this.executors === 1 && this.pause === 0) this.why = 'small'
  }

  private tryMore(takenMs: number, perRecordMs: number): void {
    this.steps.push({ executors: this.executors, perRecordMs })
    this.why = 'trying'
    // Half of what may be gained: it may have to move back.
    this.wish = { executors: Math.min(2 * this.executors, this.most), mostRecords: this.affordable(takenMs / 6) }
  }

  private goBack({ executors }: Step, why: 'small' | 'slower', gainMs: number): void {
    this.isTrial = false
    this.why = why
    this.wish = { executors, mostRecords: this.affordable(gainMs) }
    this.settle()
  }

  private settle(): void {
    this.pause = this.nextPause
    this.nextPause = Math.min(2 * this.nextPause, LONGEST_PAUSE)
  }

  /** Records that may move for a gain of so many ms in each batch. */
  private affordable(gainMs: number): number {
    return Math.floor(Math.min(HORIZON * gainMs, LONGEST_MOVE_MS) / this.recordMs)
  }
}

const perRecordOf = ({ processingMs, records }: MeasuredBatch): number => processingMs / records

/** The longer batches take, the fewer it needs to tell. */
function neededFor(takenMs: number): number {
  return takenMs >= 200 ? 2 : takenMs >= 60 ? 3 : 5
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
