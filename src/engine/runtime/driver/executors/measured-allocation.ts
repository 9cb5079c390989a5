import type { BatchExecutors } from '#engine/model/batch-info.ts'
import type { Allocation, AllocationWish, MeasuredBatch, Reallocation } from './allocation.ts'
import { WarmUp } from './warm-up.ts'

/** Batches of this time are worth a trial of more executors: what a shuffle between executors costs is small beside it. */
const LARGE_MS = 24
/** Batches that fewer executors would run in this time at most are not worth more. */
const SMALL_MS = 16
/** More executors are used when batches become faster by this factor. */
const MARGIN = 1.15
/** Batches until a verdict is tried again, at first; each time it is the same, twice as many. */
const PAUSE = 32
const LONGEST_PAUSE = 4096
/** The longest until a verdict that contradicts the one before is looked at. */
const DOUBT = 256
/** Newest batches that are looked at. */
const WINDOW = 7
/** A move must have paid back in so many batches, and may never take longer than this. */
const HORIZON = 100
const LONGEST_MOVE_MS = 3000
/** What moving one record costs until it has been measured. */
const RECORD_MS = 0.002
/** Moves of fewer records say nothing of what one costs. */
const TELLING_RECORDS = 5000

/** What batches took on so many executors. */
interface Figure {
  readonly executors: number
  readonly perRecordMs: number
}

/** Uses more than one executor only while batches are measured to be faster with them. Times per record are compared, as medians: batches differ in
 *  size, and the machine is disturbed. Whatever is chosen is checked from time to time, after pauses that grow, so that a steady load settles.
 *  Keeps: the newest batches */
export class MeasuredAllocation implements Allocation {
  executors = 1
  why: BatchExecutors['why'] = 'small'
  wish: AllocationWish | undefined
  private readonly most: number
  /** What fewer executors took, from one on. */
  private readonly below: Figure[] = []
  /** What more executors took, while fewer are measured again. */
  private above: Figure | undefined
  private isTrial = false
  private batches: MeasuredBatch[] = []
  private readonly warmUp = new WarmUp()
  private pause = 0
  private nextPause = PAUSE
  private settledOn = 1
  /** Records of a batch since the pauses began. */
  private load = 0
  private recordMs = RECORD_MS

  /** `most`: all executors of the run. */
  constructor(most: number) {
    this.most = most
  }

  batchEnded(batch: MeasuredBatch): void {
    if (batch.records === 0 || batch.executors !== this.executors || this.wish !== undefined) return
    if (this.pause > 0) this.pause -= 1
    if (this.warmUp.takes(batch.processingMs)) return
    this.batches = [...this.batches, batch].slice(-WINDOW)
    const takenMs = median(this.batches.map(({ processingMs }) => processingMs))
    if (this.batches.length < neededFor(takenMs)) return
    this.noteLoad(median(this.batches.map(({ records }) => records)))
    this.decide(takenMs, median(this.batches.map(perRecordOf)))
  }

  moved({ done, records, tookMs }: Reallocation): void {
    const { wish } = this
    this.wish = undefined
    this.batches = []
    if (wish === undefined) return
    if (records >= TELLING_RECORDS && done) this.recordMs = tookMs / records
    const isMore = wish.executors > this.executors
    if (done) {
      this.warmUp.begin(isMore && this.isTrial ? 'new' : 'known')
      if (!isMore) this.below.pop()
      this.executors = wish.executors
      return
    }
    if (isMore) this.below.pop()
    if (this.above === undefined) this.why = 'heavy'
    this.isTrial = false
    this.above = undefined
    this.settle(this.executors)
  }

  private decide(takenMs: number, perRecordMs: number): void {
    if (this.above !== undefined) this.endCheck(this.above, takenMs, perRecordMs)
    else if (this.isTrial) this.endTrial(takenMs, perRecordMs)
    else this.look(takenMs, perRecordMs)
  }

  /** Under another load nothing that was found out holds. */
  private noteLoad(records: number): void {
    if (records < 2 * this.load && this.load < 2 * records) return
    this.load = records
    this.pause = 0
    this.nextPause = PAUSE
  }

  /** Nothing is being tried. */
  private look(takenMs: number, perRecordMs: number): void {
    const before = this.below.at(-1)
    if (before !== undefined && this.fewerWouldTake(before, takenMs, perRecordMs) < SMALL_MS)
      this.goBack('small', takenMs)
    else if (before !== undefined && perRecordMs > before.perRecordMs) this.goBack('slower', takenMs)
    else if (this.pause > 0) return
    else if (this.executors < this.most && takenMs >= LARGE_MS) this.tryMore(takenMs, perRecordMs)
    else if (before !== undefined) this.check(before, takenMs, perRecordMs)
    else this.why = 'small'
  }

  private tryMore(takenMs: number, perRecordMs: number): void {
    this.below.push({ executors: this.executors, perRecordMs })
    this.isTrial = true
    this.why = 'trying'
    // It may have to move back: half of what may be gained.
    this.wish = { executors: Math.min(2 * this.executors, this.most), mostRecords: this.affordable(takenMs / 6) }
  }

  private endTrial(takenMs: number, perRecordMs: number): void {
    const before = this.below.at(-1)
    if (before === undefined) return
    this.isTrial = false
    if (before.perRecordMs < MARGIN * perRecordMs) this.goBack('slower', takenMs)
    else {
      this.why = 'faster'
      this.settle(this.executors)
    }
  }

  /** Measures fewer again: the figure that more were compared with grows old. */
  private check({ executors }: Figure, takenMs: number, perRecordMs: number): void {
    this.above = { executors: this.executors, perRecordMs }
    this.wish = { executors, mostRecords: this.affordable(takenMs / 20) }
  }

  private endCheck(above: Figure, takenMs: number, perRecordMs: number): void {
    this.above = undefined
    const isMoreBetter = takenMs >= SMALL_MS && perRecordMs >= MARGIN * above.perRecordMs
    this.settle(isMoreBetter ? above.executors : this.executors)
    if (isMoreBetter) {
      this.below.push({ executors: this.executors, perRecordMs })
      this.wish = { executors: above.executors, mostRecords: this.affordable(takenMs / 3) }
    } else this.why = takenMs < SMALL_MS ? 'small' : 'slower'
  }

  private goBack(why: 'small' | 'slower', takenMs: number): void {
    this.why = why
    const executors = this.below.at(-1)?.executors ?? 1
    this.wish = { executors, mostRecords: this.affordable(takenMs / 4) }
    this.settle(executors)
  }

  /** Nothing becomes faster by more than the executors that are added. */
  private fewerWouldTake({ executors, perRecordMs: before }: Figure, takenMs: number, perRecordMs: number): number {
    return takenMs * Math.min(before / perRecordMs, this.executors / executors)
  }

  /** `executors`: that turned out to be right. */
  private settle(executors: number): void {
    const isConfirmed = executors === this.settledOn
    this.pause = isConfirmed ? this.nextPause : Math.min(this.nextPause, DOUBT)
    if (isConfirmed || this.nextPause < DOUBT) this.nextPause = Math.min(2 * this.nextPause, LONGEST_PAUSE)
    this.settledOn = executors
  }

  /** Records that may move for a gain of so many ms in each batch. */
  private affordable(gainMs: number): number {
    return Math.floor(Math.min(HORIZON * gainMs, LONGEST_MOVE_MS) / this.recordMs)
  }
}

const perRecordOf = ({ processingMs, records }: MeasuredBatch): number => processingMs / records

/** The longer batches take, the fewer it needs to tell. */
function neededFor(takenMs: number): number {
  return takenMs >= 200 ? 3 : takenMs >= 60 ? 5 : WINDOW
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
