import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Json, JsonObject } from '#engine/model/json.ts'
import type { Result } from '#engine/model/result.ts'
import type { Feed } from './feed.ts'
import type { FunctionRef } from './function-ref.ts'
import type { Params } from './param.ts'
import type { OutputAction, StreamId, StreamSpec } from './stream-spec.ts'

/** Palette sections, in their order on the screen. */
export const categories = ['sources', 'transformations', 'pairs', 'windows', 'joins', 'state', 'outputs'] as const
export type Category = (typeof categories)[number]

/** Code to start from, for an operator whose example is no table of batches; it runs in the operator's own test. */
export interface Snippet {
  readonly title: string
  /** Value of its function parameter. */
  readonly code: string
}

/** What can be known of a stream's records before anything runs. `same` = as the first input's. */
export type Shape = 'any' | 'pairs' | 'values' | 'same'

export interface InputPort {
  readonly name: string
  readonly label: string
  /** `states`: the stream of an operator that holds states (see Operator.holdsStates), straight from it. */
  readonly accepts: 'any' | 'pairs' | 'states'
  /** How many edges may end here. */
  readonly many: boolean
}

/** A small pipeline around the operator that runs in tests and in the help: input batches by source order → output batches. */
export interface Example {
  readonly title: string
  readonly params: JsonObject
  /** One list of batches per input port edge; `null` = no RDD. Batch interval is 1000 ms. */
  readonly inputs: readonly (readonly (readonly Json[] | null)[])[]
  /** Records of the operator's stream per batch that has an RDD, as a multiset. Outputs: what the last input passes through. */
  readonly expected: readonly (readonly Json[])[]
  /** How many even slices the input batches are cut into, where the result depends on it; otherwise any number will do. */
  readonly partitions?: number
}

export interface CheckContext {
  readonly node: string
  readonly batchMs: number
  readonly checkpointing: boolean
  /** Slides of the streams on the input ports, in port and edge order. */
  readonly inputSlidesMs: readonly number[]
  /** Ids of the nodes on the input ports, in the same order. */
  readonly inputNodes: readonly string[]
}

/** What an operator may do while its node becomes streams. */
export interface LowerContext {
  readonly node: string
  readonly batchMs: number
  /** N of the spec: spark.default.parallelism, else the cores of the master. */
  readonly defaultParallelism: number
  /** Streams on a port, in edge order; checked before, so a required port has at least one. */
  inputs(port: string): readonly StreamId[]
  /** The first stream on a port. */
  input(port?: string): StreamId
  slideMs(stream: StreamId): number
  /** What was added before. */
  spec(stream: StreamId): StreamSpec
  /** The user's function in a parameter. */
  userFn(param: string): FunctionRef
  /** A function of the engine's own, as source text of one expression. */
  ownFn(source: string): FunctionRef
  add(stream: StreamSpec): StreamId
  /** Keeps the RDDs of a stream instead of having every job make them anew. */
  persist(stream: StreamId): void
  /** Cuts the lineage of a stream at this interval. */
  checkpoint(stream: StreamId, intervalMs: number): void
  /** Registers an output operation; ids count in order of registration. */
  output(stream: StreamId, action: OutputAction): void
}

/** An operator as everything outside its own file sees it: plain, without its parameters' types. */
export interface Operator {
  readonly name: string
  readonly category: Category
  readonly title: string
  /** One or two characters drawn on the node. */
  readonly glyph: string
  /** One line for the palette. */
  readonly summary: string
  /** One paragraph a learner understands, in plain text. */
  readonly help: string
  readonly inputs: readonly InputPort[]
  /** Absent for outputs. */
  readonly output: Shape | undefined
  /** Its states can be read by an operator whose port accepts `states`. */
  readonly holdsStates: boolean
  /** How an output's rows are shown. */
  readonly view: OutputView | undefined
  readonly params: Params
  readonly examples: readonly Example[]
  readonly snippets: readonly Snippet[]
  /** Parameter values a new node starts with. */
  initialParams(): JsonObject
  /** Parameters and static checks of one node. */
  bind(node: string, raw: JsonObject): Result<BoundOperator>
}

/** An operator with the parsed parameters of one node. */
export interface BoundOperator {
  /** What is odd about the parameters without stopping a run. */
  readonly warnings: readonly Diagnostic[]
  /** Spark's own start-up checks. */
  check(context: CheckContext): readonly Diagnostic[]
  slideMs(inputSlidesMs: readonly number[], batchMs: number): number
  /** Stream whose RDDs are the node's data; for outputs the stream they consume. */
  lower(context: LowerContext): StreamId
  /** Addresses this node connects to, as the person sees them before anything runs. */
  readonly destinations: readonly Destination[]
  /** Function parameters that are present: name → source. */
  readonly functions: Readonly<Record<string, string>>
  /** Set for sources that occupy a core for ever. */
  readonly isReceiver: boolean
  readonly feed: Feed['kind'] | undefined
}

/** How the screen shows what an output operation gives: lines, a table of the newest batch, or figures over many batches. */
export type OutputView = 'text' | 'table' | 'figures'

export interface Destination {
  readonly direction: 'reads' | 'writes'
  readonly address: string
}
