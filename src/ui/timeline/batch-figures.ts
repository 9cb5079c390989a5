import type { BatchInfo, BatchStatus } from '#engine/model/batch-info.ts'

/** A batch as Spark's batch tables show it. */
export interface BatchFigures {
  readonly timeMs: number
  readonly status: BatchStatus
  readonly records: number
  readonly recordsPerSecond: number
  readonly schedulingDelayMs: number | undefined
  readonly processingMs: number | undefined
  readonly totalDelayMs: number | undefined
  /** Output operations by their fate; `outputs` counts all of them. */
  readonly succeeded: number
  readonly failed: number
  readonly outputs: number
  readonly recovered: boolean
  readonly errors: readonly BatchError[]
}

export interface BatchError {
  readonly node: string
  /** What the table's cell shows. */
  readonly firstLine: string
  readonly text: string
}

/** Source: ui/BatchUIData, AllBatchesTable */
export function readBatch(info: BatchInfo, batchMs: number): BatchFigures {
  const failures = info.outputs.filter((output) => output.failureReason !== undefined)
  const succeeded = info.outputs.filter((output) => output.endMs !== undefined && output.failureReason === undefined)
  return {
    timeMs: info.batchTimeMs,
    status: info.status,
    records: info.numRecords,
    recordsPerSecond: (info.numRecords * 1000) / batchMs,
    schedulingDelayMs: info.schedulingDelayMs,
    processingMs: info.processingDelayMs,
    totalDelayMs: info.totalDelayMs,
    succeeded: succeeded.length,
    failed: failures.length,
    outputs: info.outputs.length,
    recovered: info.recovered,
    errors: failures.map((output) => readError(output.node, output.failureReason ?? '')),
  }
}

function readError(node: string, reason: string): BatchError {
  const text = `Failed due to error: ${reason}`
  return { node, text, firstLine: text.split('\n', 1)[0] ?? text }
}

/** Only a completed batch has data that the screen could show. */
export function isCompleted(figures: BatchFigures): boolean {
  return figures.status === 'completed'
}

/** Where the shown batch stands among `batches`: live is the last of them; -1 when it is no longer kept. */
export function placeOf(shown: number | 'live', batches: readonly BatchFigures[]): number {
  return shown === 'live' ? batches.length - 1 : batches.findIndex((batch) => batch.timeMs === shown)
}

/** `3/3`, or `2/3 (1 failed)`.
 *  Source: UIUtils.makeProgressBar */
export function printOutputOps(figures: Pick<BatchFigures, 'succeeded' | 'outputs' | 'failed'>): string {
  const progress = `${figures.succeeded}/${figures.outputs}`
  return figures.failed > 0 ? `${progress} (${figures.failed} failed)` : progress
}
