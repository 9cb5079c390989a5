import type { BatchData } from '#engine/model/batch-data.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'

/** What other tabs learn of this one's runs. */
export interface Neighbours {
  /** Every event that the screen hears, in order. */
  heard(event: DriverEvent): void
  /** Another tab has claimed the pipeline: what runs here has ended or ends now. */
  fenced(): void
}

/** A run that another tab owns, as far as this one asks for it. */
export interface RemoteRun {
  /** A past batch; undefined when the owner does not keep it or does not answer. */
  batchData(timeMs: number): Promise<BatchData | undefined>
}
