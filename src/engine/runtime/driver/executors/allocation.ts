import type { BatchExecutors } from '#engine/model/batch-info.ts'

/** What a batch that went well took. */
export interface MeasuredBatch {
  readonly records: number
  readonly processingMs: number
  /** That ran it. */
  readonly executors: number
}

/** Another number of executors is wanted. */
export interface AllocationWish {
  readonly executors: number
  /** Not if more records than this are kept, which would have to move. */
  readonly mostRecords: number
}

/** What came of a wish. */
export interface Reallocation {
  /** False: too much is kept, or something that cannot move. */
  readonly done: boolean
  /** That are kept. */
  readonly records: number
  readonly tookMs: number
}

/** Says how many of a run's executors run its batches.
 *  Source: ExecutorAllocationManager, which adds and removes executors by processing time over batch interval */
export interface Allocation {
  readonly executors: number
  readonly why: BatchExecutors['why']
  /** Asked for between batches; undefined: it stays as it is. */
  readonly wish: AllocationWish | undefined
  /** A batch is complete. */
  batchEnded(batch: MeasuredBatch): void
  /** The wish was tried. */
  moved(outcome: Reallocation): void
}

/** The same executors for every batch. */
export function fixedAllocation(executors: number): Allocation {
  return { executors, why: 'fixed', wish: undefined, batchEnded: () => {}, moved: () => {} }
}
