import type { AccumulatorSetting, BroadcastSetting } from '#engine/model/pipeline.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { OutputSpec, StreamId, StreamSpec } from '#engine/operator/stream-spec.ts'

/** One stream of a plan: what it is, whose it is, how often it produces. */
export interface PlanStream {
  readonly id: StreamId
  readonly node: string
  /** Its RDDs are what the node shows; the other streams of a compound operator are hidden. */
  readonly visible: boolean
  readonly slideMs: number
  readonly spec: StreamSpec
  /** Kept for the whole remember duration instead of being executed again by each job.
   *  Source: persist() calls in WindowedDStream, ReducedWindowedDStream, StateDStream */
  readonly persist: boolean
  /** Interval that was set for its checkpoints. */
  readonly checkpointMs: number | undefined
}

export interface PlanInput {
  /** Spark's id: order of creation over all inputs. */
  readonly inputStreamId: number
  readonly node: string
  readonly stream: StreamId
}

/** What executors and driver run: plain data, parents before children. */
export interface Plan {
  readonly name: string
  readonly batchMs: number
  readonly seed: number
  readonly cores: number
  readonly executors: number
  readonly defaultParallelism: number
  /** spark.executor.memory: what each executor may keep between batches. */
  readonly executorMemoryBytes: number
  /** spark.default.parallelism, where the document sets it. */
  readonly parallelism: number | undefined
  readonly checkpointing: boolean
  readonly streams: readonly PlanStream[]
  readonly inputs: readonly PlanInput[]
  /** Nodes without a stream of their own (cache, checkpoint) → the node whose stream they hand on. */
  readonly aliases: Readonly<Record<string, string>>
  readonly outputs: readonly OutputSpec[]
  /** In the order of the functions module: the user's, then the engine's own. */
  readonly functions: readonly FunctionRef[]
  readonly prelude: string | undefined
  readonly accumulators: readonly AccumulatorSetting[]
  readonly broadcasts: readonly BroadcastSetting[]
  /** Text of the module with the user's functions; see functions-module.ts. */
  readonly functionsText: string
  /** Text of the module with the generated loops; see stages-module.ts. */
  readonly stagesText: string
  readonly chains: readonly Chain[]
  /** Text of the module with the loops that run on the text of blocks; absent where there are none. See packed/pack-plan.ts. */
  readonly packedText?: string
  /** Sources of whose blocks only such loops are made that read bytes and need few texts; absent: none. */
  readonly byteStreams?: readonly StreamId[]
}

/** A run of narrow streams that one generated loop executes, from a base's records to `end`'s. */
export interface Chain {
  readonly base: StreamId
  readonly end: StreamId
  /** Stream whose map side the loop feeds; absent: it collects the records of `end`. */
  readonly combineFor?: StreamId
  /** Name of the function in the stages module. */
  readonly name: string
  /** Streams of the chain, base excluded, in order: counts and samples come in this order. */
  readonly steps: readonly StreamId[]
}
