// The document: what is saved, shared and undone. Raw JSON parameters, so that this folder need not know any operator.
// Keys that are not named here are kept through parsing, editing and printing, but are not part of the types.
import type { Json, JsonObject } from './json.ts'

/** The version of the document that this Sluice writes. */
export const FORMAT = 'sluice/1'

/** The port an edge enters when it names none. */
export const DEFAULT_PORT = 'in'

/** A whole pipeline document with its defaults filled in. */
export interface Pipeline {
  readonly format: typeof FORMAT
  readonly name: string
  readonly description: string
  readonly settings: Settings
  readonly nodes: readonly PipelineNode[]
  /** The order matters: an operator with many inputs on one port reads them in this order. */
  readonly edges: readonly Edge[]
  readonly notes: readonly Note[]
  readonly groups: readonly Group[]
}

/** What holds for the whole pipeline.
 *  Source: StreamingContext's constructor, SparkConf */
export interface Settings {
  /** The batch duration. */
  readonly batchMs: number
  /** `local`, `local[n]` or `local[*]`. */
  readonly master: string
  /** Whether a checkpoint directory is set. */
  readonly checkpoint: boolean
  /** Seeds everything random in a run: a whole number. */
  readonly seed: number
  /** Spark's own keys, values as Spark spells them. */
  readonly conf: Conf
  /** JavaScript declarations that all functions of the document share. */
  readonly prelude?: string
  readonly accumulators?: readonly AccumulatorSetting[]
  readonly broadcasts?: readonly BroadcastSetting[]
}

/** Spark configuration as written in a document. */
export type Conf = { readonly [key: string]: string | number | boolean }

/** An accumulator that functions reach as `acc.<name>`. */
export interface AccumulatorSetting {
  readonly name: string
  readonly initial: Json
  /** Re-created on first use after recovery, as Spark's lazily instantiated singleton; otherwise using it then fails the batch. */
  readonly lazy: boolean
}

/** A broadcast value that functions reach as `bc.<name>.value`. */
export interface BroadcastSetting {
  readonly name: string
  readonly value: Json
  /** See AccumulatorSetting. */
  readonly lazy: boolean
}

/** One operator on the canvas. */
export interface PipelineNode {
  /** An identifier, unique among the nodes. */
  readonly id: string
  readonly op: string
  /** Checked by the operator, not here. */
  readonly params: JsonObject
  readonly at: Point
  readonly note?: string
  readonly disabled?: boolean
}

/** `[x, y]` on the canvas, in its own units (one is one CSS pixel at zoom 1). */
export type Point = readonly [number, number]

/** `[width, height]` on the canvas, in the units of Point. */
export type Size = readonly [number, number]

/** A stream from one node into a port of another; two equal edges are two inputs. */
export interface Edge {
  readonly from: string
  readonly to: string
  /** Absent: DEFAULT_PORT. */
  readonly port?: string
}

/** Text on the canvas. */
export interface Note {
  /** Unique among the notes. */
  readonly id: string
  readonly text: string
  readonly at: Point
  readonly size: Size
}

/** A titled frame around nodes. */
export interface Group {
  /** Unique among the groups. */
  readonly id: string
  readonly title: string
  /** Ids of nodes; a node may be in several groups. */
  readonly nodes: readonly string[]
}

/** The port that an edge enters. */
export function portOf(edge: Edge): string {
  return edge.port ?? DEFAULT_PORT
}

/** The node of this id. */
export function findNode(pipeline: Pipeline, id: string): PipelineNode | undefined {
  return pipeline.nodes.find((node) => node.id === id)
}
