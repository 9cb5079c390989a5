/** Text that may always wait: a pipeline that falls behind a moderate source shows it, as in Spark, by delays that grow. */
const LEAST_CHARS = 4 * 2 ** 20
/** Text that never waits, however fast batches are. */
const MOST_CHARS = 128 * 2 ** 20
/** Batches of less say little of how fast larger ones are. */
const TELLING_CHARS = 2 ** 18

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
  private charsPerMs = 0

  constructor({ batchMs, deadlineMs }: IntakeOptions) {
    this.withinMs = Math.min(batchMs, deadlineMs / 3)
  }

  isFull({ queued, all }: Unprocessed): boolean {
    const perBatch = this.charsPerMs * this.withinMs
    return queued > between(perBatch, MOST_CHARS / 2) || all > between(2 * perBatch, MOST_CHARS)
  }

  /** A batch of so much text took so long. */
  processed(chars: number, processingMs: number): void {
    if (chars >= TELLING_CHARS) this.charsPerMs = chars / Math.max(1, processingMs)
  }
}

function between(chars: number, most: number): number {
  return Math.min(most, Math.max(LEAST_CHARS, chars))
}
