// The conversation of driver and executors. The driver sends `load` once, then `batch` orders, each for one job of a batch, the same ones in the same
// order to every executor that takes part; as many at a time as spark.streaming.concurrentJobs says. Between jobs a `move` order may have more or
// fewer take part; those answer it with `moved`. An executor answers each with exactly one Reply, as text in one or more `part`s (or says that it
// is `broken`), and sends nothing unasked but logs (and, in a traced job, `at` before each step). Executors exchange shuffle data among
// themselves: for each exchange of a job, in the same order everywhere, each sends every peer exactly one `exchange` message, also when it failed.

import type { Plan } from '#engine/compile/plan.ts'
import type { CodeFrame, FunctionLogs } from '#engine/model/batch-data.ts'
import type { Json } from '#engine/model/json.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import type { Column, PairColumns } from '#engine/record/columns.ts'
import type { Amounts } from './amount.ts'
import type { RddId, RddSpec } from './rdd-spec.ts'

/** One partition's records as the driver keeps them. */
export type BlockPayload =
  | WholePayload
  /** Lines as the large texts in which they came, none empty: what the executor needs is made of them when it is sent. */
  | { readonly kind: 'messages'; readonly texts: readonly string[]; readonly count: number }

/** What of it is one text. */
export type WholePayload =
  /** Text lines joined by \n; `count` tells an empty block from one empty line. */
  | { readonly kind: 'lines'; readonly text: string; readonly count: number }
  /** A JSON array of records as they came: none is tagged, so a key `$` is a key. */
  | { readonly kind: 'json'; readonly text: string }
  /** A JSON array of tagged records (record/tagged-json.ts). */
  | { readonly kind: 'tagged'; readonly text: string }

/** A partition of a saved state: a whole, then what became other from batch to batch (executor/state/saved-partition.ts). */
export interface SavedPartition {
  readonly kind: 'saved'
  readonly texts: readonly string[]
  /** So many of the texts are the whole, in pieces; absent: the first one is. */
  readonly pieces?: number
  /** Of mapWithState what the function emitted; absent where only the states were kept. */
  readonly mapped?: string
}

/** Lines joined by \n, all ASCII, a byte each; behind these `length` bytes are SLACK_BYTES that the loop which reads them may use. The memory is the executor's. */
export interface AsciiPayload {
  readonly kind: 'ascii'
  readonly bytes: ArrayBuffer
  readonly length: number
  readonly count: number
}

export const SLACK_BYTES = 16

/** What the driver keeps of a partition, so that it can send it as often as executors are lost. */
export type KeptPayload = BlockPayload | SavedPartition

/** One partition's records on their way from the driver. */
export type Payload = WholePayload | AsciiPayload | SavedPartition

/** One output operation of a batch: Spark's job. */
export interface JobSpec {
  /** Index in plan.outputs. */
  readonly output: number
  readonly rdd: RddId
}

export interface BatchOrder {
  readonly kind: 'batch'
  /** Of all orders since `load`, those to other executors too. */
  readonly seq: number
  /** Executors that take part: those with the lowest indexes. */
  readonly executors: number
  readonly timeMs: number
  /** New RDDs, parents first. */
  readonly rdds: readonly RddSpec[]
  /** Payloads of the partitions that live on the receiving executor: RDD → [partition, payload]. */
  readonly blocks: readonly { readonly rdd: RddId; readonly partition: number; readonly payload: Payload }[]
  /** One: output operations are handed out one by one. */
  readonly jobs: readonly [JobSpec]
  /** RDDs that this order and later ones do not refer to, unless they are told anew. */
  readonly forget: readonly RddId[]
  /** Orders that some executor had not answered when this one was sent; absent where jobs run one after another. What they exchange
   *  is theirs to exchange: this job waits for it, and fails where they fail. */
  readonly beside?: readonly number[]
  /** Saved partitions that are wanted whole, beside what became other in them. Absent: none. */
  readonly wholes?: readonly WholeOrder[]
  /** First records to keep per node: the usual number, and that of the node being watched, of which others are picked as well. */
  readonly keep: { readonly usual: number; readonly node: string | undefined; readonly watched: number }
  /** Run step by step and say each step before it runs, to find the one that hangs. */
  readonly traced: boolean
  /** Absent in a pipeline without accumulators and broadcasts. */
  readonly shared?: {
    /** What each accumulator holds before the job. */
    readonly totals: Amounts
    /** The run was recovered from a checkpoint: what is not lazy is gone. */
    readonly recovered: boolean
  }
  /** Say which partitions were made: these executors take the place of others. */
  readonly account?: true
  /** A partition that takes longer than it has to, on demand. */
  readonly slow?: SlowPartition
}

/** A partition of a state that is wanted whole: at once, where the RDD is one of the order's, or the next piece of it. */
export interface WholeOrder {
  readonly rdd: RddId
  readonly partition: number
  /** From this place on, about so many characters. With the first piece the executor keeps the state as it is then; an RDD that others came after is told from that. */
  readonly piece?: { readonly from: number; readonly chars: number }
}

/** Where an executor waits, and how long: once in each batch, before it computes the stream's partition of that batch. */
export interface SlowPartition {
  readonly stream: StreamId
  readonly partition: number
  readonly delayMs: number
}

/** From now on other executors take part than in the jobs before: they hand each other what is kept. Nothing else runs. */
export interface MoveOrder {
  readonly kind: 'move'
  readonly seq: number
  /** Executors that took part, and those that will: the lowest indexes of each. The order goes to all of both. */
  readonly from: number
  readonly to: number
  /** As in a batch. */
  readonly forget: readonly RddId[]
  /** Keep everything where it is when there are more records than this. */
  readonly most: number
}

export type DriverMessage =
  | { readonly kind: 'load'; readonly plan: Plan; readonly index: number }
  | BatchOrder
  | MoveOrder

/** What ran when a job failed. */
export interface FailureReport {
  readonly node: string
  readonly param?: string
  readonly message: string
  readonly record?: string
  readonly line?: number
  readonly column?: number
  readonly frames?: readonly CodeFrame[]
}

export interface JobReport {
  readonly output: number
  readonly failure?: FailureReport
  /** Rows by partition, tagged. */
  readonly rows: readonly { readonly partition: number; readonly records: readonly Json[] }[]
  /** Lines that a foreachRDD body logged. */
  readonly lines: readonly string[]
  /** What all other functions logged; absent when they were silent. */
  readonly logs?: FunctionLogs
  /** Records of this executor's partitions; absent when the action does not count. */
  readonly total?: number
  /** What a save writes, or a sink sends, of this executor's partitions. */
  readonly files?: readonly FileReport[]
  /** What a chart or a counter takes of this executor's partitions. */
  readonly measures?: readonly MeasureReport[]
  /** What was added to accumulators while the job ran here. */
  readonly added?: Amounts
}

/** One partition as the text of a file. */
export interface FileReport {
  readonly partition: number
  readonly records: number
  readonly text: string
}

/** A series' name (tagged JSON of its key; empty for the only one), its number, and the records that it was made of. */
export type MeasureCell = readonly [series: string, value: number, records: number]

export interface MeasureReport {
  readonly partition: number
  readonly cells: readonly MeasureCell[]
  /** What the smallest series beyond those come to: how many, their number, their records. */
  readonly others?: readonly [series: number, value: number, records: number]
}

export interface NodeReport {
  readonly node: string
  readonly partitions: readonly {
    readonly partition: number
    readonly records: number
    /** Its first records. */
    readonly sample: readonly Json[]
    /** Of the node being watched: twice `watched` of all its records, those of the lowest ranks (pick-rank.ts), in order. */
    readonly picked?: readonly PickedReport[]
  }[]
}

/** A record and its index in the partition. */
export type PickedReport = readonly [index: number, record: Json]

/** A partition of an RDD that is to be saved, once a job has made it: of the states of every batch, and of what is due for a checkpoint. */
export interface SnapshotReport {
  readonly rdd: RddId
  readonly partition: number
  /** Partitions of the whole RDD. */
  readonly partitions: number
  /** Hash partitions, when each pair lies in its key's. */
  readonly partitioner?: number
  readonly keys: number
  /** What became other since the same partition of an RDD that was reported before, or came from the driver. One of `edit` and `whole` is there, or both. */
  readonly edit?: { readonly since: RddId; readonly text: string }
  readonly whole?: string
  /** What mapWithState emitted; only where a checkpoint is due. */
  readonly mapped?: string
}

/** A piece of a partition that was asked for: what stands in the places from `from` to before `to`, of `of`. */
export interface PieceReport {
  readonly rdd: RddId
  readonly partition: number
  readonly from: number
  readonly to: number
  readonly of: number
  readonly text: string
}

/** Partitions of an RDD that were made and are kept. */
export interface MadeReport {
  readonly rdd: RddId
  readonly partitions: readonly number[]
}

/** The body of an executor's answer to one order. */
export interface Reply {
  readonly timeMs: number
  readonly jobs: readonly [JobReport]
  /** What the nodes of the batch held, as far as nobody has told it yet. */
  readonly nodes: readonly NodeReport[]
  /** RDDs that are due for a checkpoint and that are made by now. */
  readonly snapshots: readonly SnapshotReport[]
  /** Absent: none. */
  readonly pieces?: readonly PieceReport[]
  /** Bytes that the executor keeps now, by estimate; absent: none. */
  readonly kept?: number
  /** Where the order asked for it. */
  readonly made?: readonly MadeReport[]
}

/** Characters of a Reply's text in one message: larger ones come in parts. */
export const MAX_PART_CHARS = 2_000_000
/** Parts of one reply at most. */
export const MAX_PARTS = 64

export type ExecutorMessage =
  | { readonly kind: 'loaded' }
  /** The plan's modules could not be loaded: the message of what was thrown. */
  | { readonly kind: 'refused'; readonly message: string }
  | {
      readonly kind: 'part'
      readonly seq: number
      readonly part: number
      readonly parts: number
      readonly text: string
    }
  /** The answer to a move. `done` false: everything is where it was. */
  | { readonly kind: 'moved'; readonly seq: number; readonly done: boolean; readonly records: number }
  /** The executor itself failed and is of no more use: our mistake, not the user's. */
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'at'; readonly seq: number; readonly node: string }
  | { readonly kind: 'log'; readonly text: string }

/** Between executors, inside the sandbox. */
export type PeerMessage =
  | {
      readonly kind: 'exchange'
      readonly seq: number
      readonly exchange: number
      readonly blocks: readonly ExchangeBlock[]
    }
  | { readonly kind: 'exchange'; readonly seq: number; readonly exchange: number; readonly failed: FailureReport }

/** Records of map partition `from` for partition `to`. */
export interface ExchangeBlock {
  readonly from: number
  readonly to: number
  readonly records:
    | { readonly kind: 'pairs'; readonly columns: PairColumns }
    | { readonly kind: 'any'; readonly column: Column }
}
