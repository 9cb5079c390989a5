import type { BatchData } from '#engine/model/batch-data.ts'

const MOST_BATCHES = 300

/** The data of the newest batches, for looking back. */
export class BatchHistory {
  private readonly batches = new Map<number, BatchData>()

  add(data: BatchData): void {
    this.batches.delete(data.timeMs)
    this.batches.set(data.timeMs, data)
    for (const timeMs of this.batches.keys()) {
      if (this.batches.size <= MOST_BATCHES) break
      this.batches.delete(timeMs)
    }
  }

  find(timeMs: number): BatchData | undefined {
    return this.batches.get(timeMs)
  }
}
