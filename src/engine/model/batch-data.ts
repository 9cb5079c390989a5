import type { BatchFigures } from './batch-figures.ts'
import type { Json } from './json.ts'

/** What one node's stream held in one batch. */
export interface NodeBatch {
  /** Records of the batch's RDD, counted by partition. */
  readonly partitions: readonly number[]
  readonly records: number
  /** First records in partition order, each in the tagged form of record/tagged-json.ts. */
  readonly sample: readonly Json[]
  /** Of a node that somebody looks at closely. */
  readonly look?: CloseLook
  /** Rows of a close look that the page may ask for, in place of them. */
  readonly rows?: number
}

/** More of one node's records in one batch, tagged. */
export interface CloseLook {
  /** The first records, in partition order. */
  readonly first: readonly Json[]
  /** Some of the others, each as likely as any, in partition order. */
  readonly picked: readonly { readonly partition: number; readonly index: number; readonly record: Json }[]
}

/** What one output operation showed in one batch. */
export interface OutputBatch {
  /** Output operation id. */
  readonly id: number
  readonly node: string
  /** Rows by partition; all of them where the action shows all. */
  readonly partitions: readonly number[]
  /** Rows shown, tagged, in partition order (print: `num` rows at most). */
  readonly rows: readonly Json[]
  /** Lines logged by a foreachRDD body. */
  readonly lines: readonly string[]
  /** What all other functions logged while the operation ran; absent when they were silent. */
  readonly logs?: FunctionLogs
  /** There were more rows than shown. */
  readonly more: boolean
  /** Records of the stream in this batch; undefined when the action does not count. */
  readonly total?: number
  /** Where its files are, one per partition, when they were saved. */
  readonly saved?: { readonly directory: string; readonly parts: number }
  /** Where its records were sent, in how many messages. */
  readonly sent?: { readonly address: string; readonly messages: number }
  /** What a chart or a counter shows of the batch. */
  readonly figures?: BatchFigures
}

/** Calls of `console` in functions, in the order in which an executor came to them: of each function the first ones. */
export interface FunctionLogs {
  readonly lines: readonly LoggedLine[]
  /** How many more calls each of them made. */
  readonly more: readonly LoggedMore[]
}

/** Where functions log: the node whose function runs, and its parameter. Without a parameter the call stands in the shared code. */
export interface LoggingPlace {
  readonly node?: string
  readonly param?: string
}

/** One call. Units: line and column from 1, inside the function's source or the shared code */
export interface LoggedLine extends LoggingPlace {
  readonly level: LogLevel
  readonly text: string
  readonly line?: number
  readonly column?: number
}

export interface LoggedMore extends LoggingPlace {
  readonly calls: number
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Outputs of one completed batch. */
export interface OutputsOfBatch {
  readonly timeMs: number
  readonly outputs: readonly OutputBatch[]
}

/** A call on the way to a failure: in the function of a node's parameter, or without one in the shared code.
 *  Units: line and column from 1, inside the function's source or the shared code */
export interface CodeFrame {
  readonly node?: string
  readonly param?: string
  /** What the called function calls itself. */
  readonly name?: string
  readonly line: number
  readonly column: number
}

export interface BatchFailure {
  readonly timeMs: number
  readonly node: string
  readonly param?: string
  readonly message: string
  /** The record that the function was called with, as short text. */
  readonly record?: string
  /** Line and column inside the function's source, from 1. */
  readonly line?: number
  readonly column?: number
  /** The calls that led there, the innermost first; absent when there was only the one at line and column. */
  readonly frames?: readonly CodeFrame[]
}

/** Everything visible of one batch. A node without an RDD in the batch is absent. */
export interface BatchData {
  readonly timeMs: number
  readonly nodes: Readonly<Record<string, NodeBatch>>
  readonly outputs: readonly OutputBatch[]
  readonly failures: readonly BatchFailure[]
  /** What each accumulator held after the batch, tagged; those that a recovery took are absent. Undefined in a pipeline without any. */
  readonly accumulators?: Readonly<Record<string, Json>>
}
