// What a StreamingListener is told, in Spark's names. Times and durations are ms; what has not happened yet is absent.

/** Source: scheduler/StreamInputInfo. */
export interface StreamInputInfo {
  readonly inputStreamId: number
  readonly numRecords: number
  readonly metadata: Readonly<Record<string, string>>
  /** The `Description` of the metadata. */
  readonly metadataDescription?: string
}

/** Source: scheduler/OutputOperationInfo. */
export interface OutputOperationInfo {
  readonly batchTime: number
  readonly id: number
  readonly name: string
  /** The node that the operation stands in. */
  readonly description: string
  readonly startTime?: number
  readonly endTime?: number
  readonly failureReason?: string
  /** end − start. */
  readonly duration?: number
}

/** Source: scheduler/BatchInfo. */
export interface BatchInfo {
  readonly batchTime: number
  readonly streamIdToInputInfo: Readonly<Record<number, StreamInputInfo>>
  readonly submissionTime: number
  readonly processingStartTime?: number
  readonly processingEndTime?: number
  readonly outputOperationInfos: Readonly<Record<number, OutputOperationInfo>>
  /** start − submission. */
  readonly schedulingDelay?: number
  /** end − start. */
  readonly processingDelay?: number
  /** scheduling + processing. */
  readonly totalDelay?: number
  /** Sum over inputs. */
  readonly numRecords: number
}

/** Source: scheduler/ReceiverInfo. */
export interface ReceiverInfo {
  readonly streamId: number
  /** Class and stream id, as `ManualReceiver-0`. */
  readonly name: string
  readonly active: boolean
  readonly location: string
  readonly executorId: string
  /** Empty when there was none; so is `lastError`. */
  readonly lastErrorMessage: string
  readonly lastError: string
  /** −1: none. Reporting an error keeps it; only a stop sets it. */
  readonly lastErrorTime: number
}

/** Per batch: submitted, started, then each output operation started and completed, completed.
 *  Source: scheduler/StreamingListener; dstream-semantics §12 */
export type ListenerEvent =
  | { readonly kind: 'StreamingStarted'; readonly time: number }
  | { readonly kind: 'BatchSubmitted' | 'BatchStarted' | 'BatchCompleted'; readonly batchInfo: BatchInfo }
  | {
      readonly kind: 'OutputOperationStarted' | 'OutputOperationCompleted'
      readonly outputOperationInfo: OutputOperationInfo
    }
  | { readonly kind: 'ReceiverStarted' | 'ReceiverError' | 'ReceiverStopped'; readonly receiverInfo: ReceiverInfo }

/** Told every event of a run, in order, after the run has gone on. What it throws is a warning.
 *  Source: scheduler/StreamingListener */
export interface StreamingListener {
  onEvent(event: ListenerEvent): void
}
