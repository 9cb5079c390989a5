import { invariant } from '#engine/model/invariant.ts'

/** How many records each input stream contributed to each batch.
 *  Source: scheduler/InputInfoTracker */
export class InputInfoTracker {
  private readonly byTime = new Map<number, Map<number, number>>()

  /** Fails: a second report for the same batch and stream is our bug */
  report(timeMs: number, inputStreamId: number, numRecords: number): void {
    const batch = this.byTime.get(timeMs) ?? new Map<number, number>()
    invariant(!batch.has(inputStreamId), `input ${inputStreamId} reports batch ${timeMs} once`)
    this.byTime.set(timeMs, batch.set(inputStreamId, numRecords))
  }

  of(timeMs: number): ReadonlyMap<number, number> {
    return this.byTime.get(timeMs) ?? new Map()
  }

  cleanup(beforeMs: number): void {
    for (const timeMs of this.byTime.keys()) if (timeMs < beforeMs) this.byTime.delete(timeMs)
  }
}
