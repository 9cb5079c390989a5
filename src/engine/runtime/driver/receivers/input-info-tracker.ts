import { invariant } from '#engine/model/invariant.ts'

/** What an input stream tells of its share of a batch.
 *  Source: scheduler/StreamInputInfo */
export interface ReportedInput {
  readonly numRecords: number
  /** Facts by name; `Description` is for people, with its newlines and tabs. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** How many records each input stream contributed to each batch, and what it said of them.
 *  Source: scheduler/InputInfoTracker */
export class InputInfoTracker {
  private readonly byTime = new Map<number, Map<number, ReportedInput>>()

  /** Fails: a second report for the same batch and stream, and a negative number of records, are our bugs; Spark's IllegalStateException and
   *  IllegalArgumentException */
  report(timeMs: number, inputStreamId: number, input: ReportedInput): void {
    const batch = this.byTime.get(timeMs) ?? new Map<number, ReportedInput>()
    invariant(input.numRecords >= 0, 'numRecords must not be negative')
    invariant(
      !batch.has(inputStreamId),
      `Input stream ${inputStreamId} for batch ${timeMs} ms is already added into InputInfoTracker, this is an illegal state`,
    )
    this.byTime.set(timeMs, batch.set(inputStreamId, input))
  }

  of(timeMs: number): ReadonlyMap<number, ReportedInput> {
    return this.byTime.get(timeMs) ?? new Map()
  }

  cleanup(beforeMs: number): void {
    for (const timeMs of this.byTime.keys()) if (timeMs < beforeMs) this.byTime.delete(timeMs)
  }
}
