// Every change to a document, as data. The closed set: one rule for each kind in edits/.
import type { Json, JsonObject } from './json.ts'
import type { Edge, Group, Note, Pipeline, PipelineNode, Point, Settings } from './pipeline.ts'

/** Where added things stand in the array afterwards: one position each, ascending; absent: at the end, in order. */
export type Positions = readonly number[]

/** Adds nodes, without edges. */
export interface AddNodes {
  readonly kind: 'addNodes'
  readonly nodes: readonly PipelineNode[]
  readonly positions?: Positions
}

/** Removes nodes with their edges, and from their groups; a group that this empties goes too. */
export interface RemoveNodes {
  readonly kind: 'removeNodes'
  readonly ids: readonly string[]
}

/** Moves nodes to where they stand afterwards. */
export interface MoveNodes {
  readonly kind: 'moveNodes'
  readonly moves: readonly { readonly id: string; readonly at: Point }[]
}

/** Renames a node, in its edges and groups too. */
export interface RenameNode {
  readonly kind: 'renameNode'
  readonly from: string
  readonly to: string
}

/** Gives a node another operator and that operator's parameters. */
export interface SetOperator {
  readonly kind: 'setOperator'
  readonly node: string
  readonly op: string
  readonly params: JsonObject
}

/** Sets one parameter, or removes it when `value` is absent. */
export interface SetParam {
  readonly kind: 'setParam'
  readonly node: string
  readonly param: string
  readonly value?: Json
}

/** Sets the text that belongs to a node, or removes it when `note` is absent. */
export interface SetNodeNote {
  readonly kind: 'setNodeNote'
  readonly node: string
  readonly note?: string
}

/** Switches a node off or on; absent removes the key, which means on. */
export interface SetDisabled {
  readonly kind: 'setDisabled'
  readonly node: string
  readonly disabled?: boolean
}

/** Adds edges between nodes that are there. */
export interface AddEdges {
  readonly kind: 'addEdges'
  readonly edges: readonly Edge[]
  readonly positions?: Positions
}

/** Removes the edges at these positions of `edges`; equal edges are allowed, so a position is an edge's only name. */
export interface RemoveEdges {
  readonly kind: 'removeEdges'
  readonly positions: readonly number[]
}

/** Adds notes to the canvas. */
export interface AddNotes {
  readonly kind: 'addNotes'
  readonly notes: readonly Note[]
  readonly positions?: Positions
}

/** Removes notes from the canvas. */
export interface RemoveNotes {
  readonly kind: 'removeNotes'
  readonly ids: readonly string[]
}

/** Replaces the note that has the same id: new text, place or size. */
export interface ReplaceNote {
  readonly kind: 'replaceNote'
  readonly note: Note
}

/** Replaces all groups. */
export interface SetGroups {
  readonly kind: 'setGroups'
  readonly groups: readonly Group[]
}

/** Replaces all settings. */
export interface SetSettings {
  readonly kind: 'setSettings'
  readonly settings: Settings
}

/** Sets the pipeline's name. */
export interface SetName {
  readonly kind: 'setName'
  readonly name: string
}

/** Sets the pipeline's description. */
export interface SetDescription {
  readonly kind: 'setDescription'
  readonly description: string
}

/** Replaces the whole document by one that parsePipeline or applyEdit gave; that is not checked again. */
export interface ReplacePipeline {
  readonly kind: 'replacePipeline'
  readonly pipeline: Pipeline
}

/** Edits in their order as one step, all or none; only the document after the last one must be valid. */
export interface Compound {
  readonly kind: 'compound'
  readonly label: string
  readonly edits: readonly Edit[]
}

/** One change to a document. */
export type Edit =
  | AddNodes
  | RemoveNodes
  | MoveNodes
  | RenameNode
  | SetOperator
  | SetParam
  | SetNodeNote
  | SetDisabled
  | AddEdges
  | RemoveEdges
  | AddNotes
  | RemoveNotes
  | ReplaceNote
  | SetGroups
  | SetSettings
  | SetName
  | SetDescription
  | ReplacePipeline
  | Compound

/** The edit of one kind. */
export type EditOf<K extends Edit['kind']> = Extract<Edit, { readonly kind: K }>

/** A document after an edit, and the edit that restores the one before exactly. */
export interface Applied {
  readonly pipeline: Pipeline
  readonly inverse: Edit
}
