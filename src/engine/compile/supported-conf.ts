/** How a value of the configuration is read.
 *  Source: SparkConf.getBoolean, getLong, getDouble, getTimeAsMs, getSizeAsMb, get */
export type ConfType = 'boolean' | 'whole' | 'decimal' | 'duration' | 'memory' | 'name'

/** A key of `settings.conf` that a run reads; all others are only kept. */
export interface ConfEntry {
  readonly key: string
  readonly type: ConfType
  /** As a document would spell it, or in words where it follows from something else. */
  readonly default: string
  readonly help: string
  /** Smallest and largest value; durations in ms, memory in bytes. */
  readonly least?: number
  readonly most?: number
  /** What Spark says of a value out of this range, where it says something that helps. */
  readonly refusal?: string
}

/** Every key that a run reads. Bounds of the estimator's own keys are not here but in rate-estimator.ts: they bind only while it is used.
 *  Source: StreamingConf; dstream-semantics §7.4, §8, §16 */
export const supportedConf = [
  {
    key: 'spark.default.parallelism',
    type: 'whole',
    default: 'cores of the master',
    help: 'Partitions after a shuffle, where an operator does not say.',
    least: 1,
    most: 1024,
  },
  {
    key: 'spark.executor.memory',
    type: 'memory',
    default: '1g',
    help: 'What each executor may keep from batch to batch, by estimate: states, windows, what is cached or shuffled and remembered. A batch that would need more fails, and says which node keeps most. Not counted: the records of a batch while it is computed, what is under way between executors, and what the driver holds of checkpoints and received blocks.',
    least: 1024,
  },
  {
    key: 'spark.streaming.blockInterval',
    type: 'duration',
    default: '200ms',
    help: 'Time in which a receiver collects records into one block, which becomes one partition.',
    least: 1,
    refusal: "'spark.streaming.blockInterval' should be a positive value",
  },
  {
    key: 'spark.streaming.blockQueueSize',
    type: 'whole',
    default: '10',
    help: 'Blocks of a receiver that may wait to be stored before it makes no more.',
    least: 1,
  },
  {
    key: 'spark.streaming.ui.retainedBatches',
    type: 'whole',
    default: '1000',
    help: 'Batches that the timeline, the table of batches and the metrics remember.',
    least: 1,
    most: 100_000,
  },
  {
    key: 'spark.streaming.receiverRestartDelay',
    type: 'whole',
    default: '2000',
    help: 'Milliseconds before a receiver that lost its connection tries again.',
    least: 0,
    most: 2_147_483_647,
  },
  {
    key: 'spark.streaming.receiver.writeAheadLog.enable',
    type: 'boolean',
    default: 'false',
    help: 'Keeps the records that receivers got beside the checkpoint, so that none is lost with a closed or reloaded tab. Needs checkpointing.',
  },
  {
    key: 'spark.streaming.receiver.writeAheadLog.maxFailures',
    type: 'whole',
    default: '3',
    help: 'How often a received block is tried to be written to the log before it counts as not stored.',
    least: 1,
    most: 100,
  },
  {
    key: 'spark.streaming.driver.writeAheadLog.maxFailures',
    type: 'whole',
    default: '3',
    help: 'How often the blocks of a batch are tried to be written to the log before they wait for the next batch.',
    least: 1,
    most: 100,
  },
  {
    key: 'spark.streaming.receiver.blockStoreTimeout',
    type: 'whole',
    default: '30',
    help: 'Seconds in which a received block must be in the write-ahead log.',
    least: 1,
    most: 2_147_483,
  },
  {
    key: 'spark.streaming.receiver.maxRate',
    type: 'whole',
    default: 'unlimited',
    help: 'Most records a second that each receiver lets through.',
    least: 1,
    refusal: 'rate must be positive',
  },
  {
    key: 'spark.streaming.backpressure.enabled',
    type: 'boolean',
    default: 'false',
    help: 'Limits receivers to the rate at which batches are processed.',
  },
  {
    key: 'spark.streaming.backpressure.initialRate',
    type: 'whole',
    default: 'spark.streaming.receiver.maxRate',
    help: 'Records a second that each receiver lets through until a first rate is estimated.',
    least: 1,
    refusal: 'rate must be positive',
  },
  {
    key: 'spark.streaming.backpressure.rateEstimator',
    type: 'name',
    default: 'pid',
    help: 'How rates are estimated; pid is the only way.',
  },
  {
    key: 'spark.streaming.backpressure.pid.proportional',
    type: 'decimal',
    default: '1.0',
    help: 'How much of the last error is corrected.',
  },
  {
    key: 'spark.streaming.backpressure.pid.integral',
    type: 'decimal',
    default: '0.2',
    help: 'How much of the error that has piled up, as scheduling delay, is corrected.',
  },
  {
    key: 'spark.streaming.backpressure.pid.derived',
    type: 'decimal',
    default: '0.0',
    help: 'How much a change of the error is corrected; any of it makes rates restless.',
  },
  {
    key: 'spark.streaming.backpressure.pid.minRate',
    type: 'decimal',
    default: '100',
    help: 'Smallest rate that is ever estimated, in records a second.',
  },
  {
    key: 'spark.streaming.concurrentJobs',
    type: 'whole',
    default: '1',
    help: 'Output operations that run at the same time, of different batches too. Above 1 batches may overtake each other.',
    least: 1,
    most: 64,
  },
  {
    key: 'spark.streaming.dynamicAllocation.enabled',
    type: 'boolean',
    default: 'true',
    help: 'Uses more than one core only while batches are measured to be faster with more. false: always all of them.',
  },
  {
    key: 'spark.streaming.gracefulStopTimeout',
    type: 'duration',
    default: 'ten batches',
    help: 'How long a graceful stop waits for batches.',
    least: 0,
  },
  {
    key: 'spark.streaming.stopSparkContextByDefault',
    type: 'boolean',
    default: 'true',
    help: 'Whether the executors end with the run, or stay for a next one.',
  },
  {
    key: 'sluice.skipMissedBatches',
    type: 'boolean',
    default: 'false',
    help: 'Whether batches of a down time, or of a computer that slept, are left out instead of run.',
  },
  {
    key: 'sluice.packedText',
    type: 'boolean',
    default: 'true',
    help: 'Whether built-in work on lines, such as splitting, filtering and counting words, runs on the bytes of a block without making its records. Results are the same.',
  },
  {
    key: 'sluice.batchDeadline',
    type: 'duration',
    default: '3s',
    help: 'Time that an output operation of a batch, or an answer of a custom receiver, may take before the executors or the receiver count as hung and are replaced.',
    least: 1,
  },
  {
    key: 'sluice.receiver.maxBuffered',
    type: 'memory',
    default: '64m',
    help: 'Received text that may wait for batches, a byte a character, where a browser cannot make a WebSocket server wait (Firefox, Safari): beyond it the connection is closed until half of it is processed.',
  },
] as const satisfies readonly ConfEntry[]

export type ConfKey = (typeof supportedConf)[number]['key']
