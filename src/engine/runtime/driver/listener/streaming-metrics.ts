import type { BatchInfo, ListenerEvent } from './listener-event.ts'

/** What the events of a run come to; batches by batch time. Source: ui/StreamingJobProgressListener */
export interface RunProgress {
  readonly receivers: ReadonlySet<number>
  readonly waiting: ReadonlyMap<number, BatchInfo>
  readonly running: ReadonlyMap<number, BatchInfo>
  /** The last that completed, oldest first. */
  readonly completed: readonly BatchInfo[]
  readonly totalCompletedBatches: number
  /** Of batches that have started. */
  readonly totalReceivedRecords: number
  /** Of batches that have completed. */
  readonly totalProcessedRecords: number
}

export const noProgress: RunProgress = {
  receivers: new Set(),
  waiting: new Map(),
  running: new Map(),
  completed: [],
  totalCompletedBatches: 0,
  totalReceivedRecords: 0,
  totalProcessedRecords: 0,
}

/** `retained`: completed batches that are remembered, spark.streaming.ui.retainedBatches. */
export function followEvent(progress: RunProgress, event: ListenerEvent, retained: number): RunProgress {
  switch (event.kind) {
    case 'ReceiverStarted':
      return { ...progress, receivers: new Set([...progress.receivers, event.receiverInfo.streamId]) }
    case 'BatchSubmitted':
      return { ...progress, waiting: withBatch(progress.waiting, event.batchInfo) }
    case 'BatchStarted':
      return {
        ...progress,
        waiting: withoutBatch(progress.waiting, event.batchInfo),
        running: withBatch(progress.running, event.batchInfo),
        totalReceivedRecords: progress.totalReceivedRecords + event.batchInfo.numRecords,
      }
    case 'BatchCompleted':
      return {
        ...progress,
        waiting: withoutBatch(progress.waiting, event.batchInfo),
        running: withoutBatch(progress.running, event.batchInfo),
        completed: [...progress.completed, event.batchInfo].slice(-retained),
        totalCompletedBatches: progress.totalCompletedBatches + 1,
        totalProcessedRecords: progress.totalProcessedRecords + event.batchInfo.numRecords,
      }
    case 'StreamingStarted':
    case 'OutputOperationStarted':
    case 'OutputOperationCompleted':
    case 'ReceiverError':
    case 'ReceiverStopped':
      return progress
  }
}

/** The gauges of a run by name; what has not happened is −1, records that did not come are 0. Receivers count from their first start.
 *  Source: scheduler/StreamingSource; dstream-semantics §12 */
export function gaugesOf(progress: RunProgress): Readonly<Record<string, number>> {
  const { waiting, running } = progress
  const byTime = (a: BatchInfo, b: BatchInfo): number => a.batchTime - b.batchTime
  const completed = [...progress.completed].sort(byTime).at(-1)
  const received = [...waiting.values(), ...running.values(), ...progress.completed].sort(byTime).at(-1)
  return {
    'streaming.receivers': progress.receivers.size,
    'streaming.totalCompletedBatches': progress.totalCompletedBatches,
    'streaming.totalReceivedRecords': progress.totalReceivedRecords,
    'streaming.totalProcessedRecords': progress.totalProcessedRecords,
    'streaming.unprocessedBatches': waiting.size + running.size,
    'streaming.waitingBatches': waiting.size,
    'streaming.runningBatches': running.size,
    'streaming.retainedCompletedBatches': progress.completed.length,
    'streaming.lastCompletedBatch_submissionTime': completed?.submissionTime ?? -1,
    'streaming.lastCompletedBatch_processingStartTime': completed?.processingStartTime ?? -1,
    'streaming.lastCompletedBatch_processingEndTime': completed?.processingEndTime ?? -1,
    'streaming.lastCompletedBatch_processingDelay': completed?.processingDelay ?? -1,
    'streaming.lastCompletedBatch_schedulingDelay': completed?.schedulingDelay ?? -1,
    'streaming.lastCompletedBatch_totalDelay': completed?.totalDelay ?? -1,
    'streaming.lastReceivedBatch_submissionTime': received?.submissionTime ?? -1,
    'streaming.lastReceivedBatch_processingStartTime': received?.processingStartTime ?? -1,
    'streaming.lastReceivedBatch_processingEndTime': received?.processingEndTime ?? -1,
    'streaming.lastReceivedBatch_records': received?.numRecords ?? 0,
  }
}

function withBatch(batches: ReadonlyMap<number, BatchInfo>, batch: BatchInfo): ReadonlyMap<number, BatchInfo> {
  return new Map(batches).set(batch.batchTime, batch)
}

function withoutBatch(batches: ReadonlyMap<number, BatchInfo>, batch: BatchInfo): ReadonlyMap<number, BatchInfo> {
  return new Map([...batches].filter(([batchTime]) => batchTime !== batch.batchTime))
}
