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

/** How much text may have been received and not be processed before a source that can wait has to: what batches were seen to process within two
 *  batch intervals, so that executors are never idle for it, and within two thirds of the deadline, so that a batch of all of it is not taken for a hung one.
 *  Spark spills what it cannot hold to disk, and has no deadline. */
export class IntakeWindow {
  private readonly withinMs: number
  private charsPerMs = 0

  constructor({ batchMs, deadlineMs }: IntakeOptions) {
    this.withinMs = Math.min(2 * batchMs, (2 * deadlineMs) / 3)
  }

  get mostChars(): number {
    return Math.min(MOST_CHARS, Math.max(LEAST_CHARS, this.charsPerMs * this.withinMs))
  }

  /** A batch of so much text took so long. */
  processed(chars: number, processingMs: number): void {
    if (chars >= TELLING_CHARS) this.charsPerMs = chars / Math.max(1, processingMs)
  }
}
