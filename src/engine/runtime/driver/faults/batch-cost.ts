/** Batches over which the mean is taken. */
const LAST = 20

/** What a batch costs: the mean processing time of the last ones, in wall ms. */
export class BatchCost {
  private readonly last: number[] = []

  add(processingMs: number): void {
    this.last.push(processingMs)
    if (this.last.length > LAST) this.last.shift()
  }

  /** Undefined before the first. */
  get meanMs(): number | undefined {
    return this.last.length === 0 ? undefined : this.last.reduce((sum, ms) => sum + ms, 0) / this.last.length
  }
}
