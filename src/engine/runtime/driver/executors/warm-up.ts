/** Code that an executor has not run much is slow: until it has, its batches say nothing. */
const NEW = { batches: 8, ms: 400 }
/** What is handed over leaves a batch that is like no other. */
const KNOWN = { batches: 1, ms: Number.POSITIVE_INFINITY }

/** Tells which batches come too early to be measured. */
export class WarmUp {
  private left = NEW

  /** `new`: executors take part that have not run this yet. */
  begin(how: 'new' | 'known'): void {
    this.left = how === 'new' ? NEW : KNOWN
  }

  /** Whether this batch is one of them. */
  takes(processingMs: number): boolean {
    const { batches, ms } = this.left
    if (batches === 0 || ms <= 0) return false
    this.left = { batches: batches - 1, ms: ms - processingMs }
    return true
  }
}
