/** One input stream's share of a batch. Source: scheduler/StreamInputInfo. */
export interface InputInfo {
  /** Spark's input stream id: 0, 1, 2… in order of creation. */
  readonly inputStreamId: number
  readonly node: string
  readonly numRecords: number
  /** What the stream says of its share, by name; `Description` is for people. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** Source: scheduler/OutputOperationInfo. Times are wall-clock ms, absent until they happened. */
export interface OutputOperationInfo {
  readonly batchTimeMs: number
  readonly id: number
  readonly node: string
  /** e.g. `print at counts`. */
  readonly name: string
  readonly startMs?: number
  readonly endMs?: number
  readonly failureReason?: string
}

export type BatchStatus = 'queued' | 'processing' | 'completed'

/** Which executors run a batch. */
export interface BatchExecutors {
  readonly count: number
  /** Of all that the run has. */
  readonly of: number
  /** `fixed`: always all of them. `small`: the batches are too small for more. `trying`: more are being measured. `faster`, `slower`: batches were faster
   *  with as many as these, or slower with more. `heavy`: what is kept is too much to hand over for what more would gain, or cannot be. */
  readonly why: 'fixed' | 'small' | 'trying' | 'faster' | 'slower' | 'heavy'
}

/** What executors kept when a batch was over: states, windows, persisted RDDs. By their own estimates, in bytes. */
export interface BatchMemory {
  /** All executors together. */
  readonly keptBytes: number
  /** The one that keeps most, and so is the first to have no room. */
  readonly mostBytes: number
  /** What each of them may keep: spark.executor.memory. */
  readonly budgetBytes: number
}

/** One batch as Spark's listeners see it. Delays are ms, absent until known.
 *  Source: scheduler/BatchInfo; dstream-semantics §9.3, §12. */
export interface BatchInfo {
  readonly batchTimeMs: number
  readonly status: BatchStatus
  readonly inputs: readonly InputInfo[]
  /** Sum over inputs. */
  readonly numRecords: number
  readonly submissionMs: number
  readonly processingStartMs?: number
  readonly processingEndMs?: number
  /** start − submission. */
  readonly schedulingDelayMs?: number
  /** end − start. */
  readonly processingDelayMs?: number
  /** scheduling + processing. */
  readonly totalDelayMs?: number
  readonly outputs: readonly OutputOperationInfo[]
  /** From its start on, where the run has more than one. */
  readonly executors?: BatchExecutors
  /** Once it is completed, unless no executor answered. */
  readonly memory?: BatchMemory
  /** Batch was made again after a recovery: its outputs may repeat. */
  readonly recovered: boolean
}
