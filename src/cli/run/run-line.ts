import type { BatchFailure } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Json } from '#engine/model/json.ts'

/** One line of what `sluice run` prints. Times are ms of batch time, delays ms of the clock. */
export type RunLine =
  | { readonly type: 'started'; readonly zeroMs: number }
  | RddLine
  | {
      readonly type: 'batch'
      readonly timeMs: number
      readonly numRecords: number
      readonly schedulingDelay: number
      readonly processingDelay: number
      readonly failed: boolean
    }
  | { readonly type: 'error'; readonly timeMs: number; readonly node: string; readonly message: string }
  | { readonly type: 'stopped'; readonly graceful: boolean }

/** A collected node's RDD in one batch, also an empty one. */
export interface RddLine {
  readonly type: 'rdd'
  readonly timeMs: number
  readonly node: string
  /** Records by partition. */
  readonly partitions: readonly number[]
  /** Tagged, partition after partition. */
  readonly records: readonly Json[]
}

/** The line of a completed batch. */
export function batchLine(info: BatchInfo, failed: boolean): RunLine {
  return {
    type: 'batch',
    timeMs: info.batchTimeMs,
    numRecords: info.numRecords,
    schedulingDelay: info.schedulingDelayMs ?? 0,
    processingDelay: info.processingDelayMs ?? 0,
    failed,
  }
}

/** The line of a failure; where it happened and on which record stand in its message. */
export function errorLine({ timeMs, node, param, message, record, line, column }: BatchFailure): RunLine {
  const place =
    param === undefined ? [] : [line === undefined ? param : `${param}, line ${line}, column ${column ?? 1}`]
  const details = [...place, ...(record === undefined ? [] : [`record ${record}`])]
  return { type: 'error', timeMs, node, message: details.length === 0 ? message : `${message} (${details.join('; ')})` }
}
