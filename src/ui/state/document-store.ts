import type { StoreApi } from 'zustand'
import type { CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Edit } from '#engine/model/edit.ts'
import type { History } from '#engine/model/history.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'

/** Where a document came from, which decides whether its code may run unasked. */
export type Origin = 'gallery' | 'own' | 'link' | 'file'

/** A document as it is opened. */
export interface OpenDocument {
  /** Stable for the document's life; names its checkpoint directory and its place in the browser's storage. */
  readonly id: string
  readonly pipeline: Pipeline
  readonly origin: Origin
}

export interface EditOptions {
  /** Edits in a row with the same mark become one undo step: a drag, a burst of typing. */
  readonly coalesce?: string
}

export interface DocumentState {
  readonly id: string
  readonly origin: Origin
  readonly pipeline: Pipeline
  /** Diagnostics and types of `pipeline`, recomputed with every edit. */
  readonly checked: CheckedPipeline
  readonly history: History
  /** Wall ms of the last autosave; undefined before the first. */
  readonly savedAtMs: number | undefined
  /** The one way to change the document. A refused edit changes nothing and says why. */
  edit(edit: Edit, options?: EditOptions): Result<Pipeline, readonly Diagnostic[]>
  undo(): void
  redo(): void
  /** The whole pipeline by another one, as one undo step. */
  replace(pipeline: Pipeline): void
  /** Another document: history begins anew. */
  open(document: OpenDocument): void
  markSaved(atMs: number): void
}

export type DocumentStore = StoreApi<DocumentState>
