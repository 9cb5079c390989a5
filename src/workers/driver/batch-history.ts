import type { BatchData } from '#engine/model/batch-data.ts'
import { Looks } from './looks.ts'

const MOST_BATCHES = 300

/** The data of the newest batches, for looking back. */
export class BatchHistory {
  /** What somebody looked at closely. */
  readonly looks = new Looks()
  private readonly batches = new Map<number, BatchData>()

  /** Gives the data as the page is told of it. */
  add(whole: BatchData): BatchData {
    const data = this.looks.take(whole)
    this.batches.delete(data.timeMs)
    this.batches.set(data.timeMs, data)
    for (const timeMs of this.batches.keys()) {
      if (this.batches.size <= MOST_BATCHES) break
      this.batches.delete(timeMs)
    }
    return data
  }

  find(timeMs: number): BatchData | undefined {
    return this.batches.get(timeMs)
  }
}
