/** Text that may always wait: a pipeline that falls behind a moderate source shows it, as in Spark, by delays that grow. */
const LEAST_CHARS = 4 * 2 ** 20
/** Text that never waits, however fast batches are. */
const MOST_CHARS = 256 * 2 ** 20
/** Batches of less say little of how fast larger ones are. */
const TELLING_CHARS = 2 ** 18
/** Batches that say how fast they are: one of them is long or short by chance. */
const TELLING_BATCHES = 4

export interface IntakeOptions {
  readonly batchMs: number
  /** sluice.batchDeadline. */
  readonly deadlineMs: number
}

/** Received text that no batch has processed, in characters. */
export interface Unprocessed {
  /** In no batch yet: the next one takes it. */
  readonly queued: number
  readonly all: number
}

/** How much text may have been received and not be processed before a source that can wait has to: for the next batch as much as batches were seen to
 *  process within a batch interval, or within a third of the deadline, so that it is not taken for a hung one when the machine is busy; twice as much in all, so
 *  that executors need not wait. Spark spills what it cannot hold to disk, and has no deadline. */
export class IntakeWindow {
  private readonly withinMs: number
  /** The newest that tell. */
  private batches: readonly { readonly chars: number; readonly ms: number }[] = []

  constructor({ batchMs, deadlineMs }: IntakeOptions) {
    this.withinMs = Math.min(batchMs, deadlineMs / 3)
  }

  /** How many more characters may come; none or less when a source has to wait. */
  roomBeside({ queued, all }: Unprocessed): number {
    const perBatch = this.charsPerMs * this.withinMs
    return Math.min(between(perBatch, MOST_CHARS / 2) - queued, between(2 * perBatch, MOST_CHARS) - all)
  }

  /** A batch of so much text took so long. */
  processed(chars: number, processingMs: number): void {
    if (chars < TELLING_CHARS) return
    this.batches = [...this.batches, { chars, ms: Math.max(1, processingMs) }].slice(-TELLING_BATCHES)
  }

  /** By their whole time, so that a slow one counts for more than a fast one. */
  private get charsPerMs(): number {
    if (this.batches.length === 0) return 0
    const chars = this.batches.reduce((sum, batch) => sum + batch.chars, 0)
    return chars / this.batches.reduce((sum, batch) => sum + batch.ms, 0)
  }
}

function between(chars: number, most: number): number {
  return Math.min(most, Math.max(LEAST_CHARS, chars))
}
