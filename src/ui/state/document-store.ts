import type { StoreApi } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { checkAnew, checkPipeline } from '#engine/compile/check-pipeline.ts'
import type { CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Edit } from '#engine/model/edit.ts'
import { commitEdit, type History, redo, sealHistory, startHistory, undo } from '#engine/model/history.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

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
  /** Instead of the edit's own words, for the undo button. */
  readonly label?: string
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
  /** Why nothing can be edited here: another tab owns the document, say. */
  readonly locked: Diagnostic | undefined
  /** The one way to change the document. A refused edit changes nothing and says why. */
  edit(edit: Edit, options?: EditOptions): Result<Pipeline, readonly Diagnostic[]>
  /** The next edit starts a new undo step, whatever its mark. */
  seal(): void
  undo(): void
  redo(): void
  /** The whole pipeline by another one, as one undo step. */
  replace(pipeline: Pipeline, label?: string): void
  /** Another document: history begins anew. */
  open(document: OpenDocument): void
  markSaved(atMs: number): void
  /** While there is a reason, every change is refused with it. Another document lifts it. */
  lock(refusal: Diagnostic | undefined): void
  /** The document as the tab that owns it has it now; nothing of that can be undone here. */
  show(pipeline: Pipeline): void
  /** A person agreed to a stranger's document: from now on it is theirs. */
  adopt(): void
  /** Checks the document again, now that functions can be read. */
  checkAgain(): void
}

export type DocumentStore = StoreApi<DocumentState>

/** What is saved, shared and undone. */
export function createDocumentStore(first: OpenDocument): DocumentStore {
  return createStore<DocumentState>()((set, get) => {
    const enter = (history: History | undefined): void => {
      if (history === undefined || history === get().history) return
      if (get().locked !== undefined) return
      const { pipeline } = history
      set(pipeline === get().pipeline ? { history } : { history, pipeline, checked: checkPipeline(pipeline) })
    }
    const opened = ({ id, pipeline, origin }: OpenDocument) => ({
      id,
      origin,
      pipeline,
      checked: checkPipeline(pipeline),
      history: startHistory(pipeline),
      savedAtMs: undefined,
      locked: undefined,
    })
    return {
      ...opened(first),
      edit(edit, { coalesce, label } = {}) {
        const { locked } = get()
        if (locked !== undefined) return err([locked])
        const committed = commitEdit(get().history, edit, {
          ...(coalesce === undefined ? {} : { key: coalesce }),
          ...(label === undefined ? {} : { label }),
        })
        if (!committed.ok) return committed
        enter(committed.value)
        return ok(committed.value.pipeline)
      },
      seal: () => {
        const history = sealHistory(get().history)
        if (history !== get().history) set({ history })
      },
      undo: () => enter(undo(get().history)),
      redo: () => enter(redo(get().history)),
      replace(pipeline, label) {
        get().edit({ kind: 'replacePipeline', pipeline }, label === undefined ? {} : { label })
      },
      open: (document) => set(opened(document)),
      markSaved: (savedAtMs) => set({ savedAtMs }),
      lock: (locked) => set({ locked }),
      show: (pipeline) => set({ pipeline, checked: checkPipeline(pipeline), history: startHistory(pipeline) }),
      adopt: () => set({ origin: 'own' }),
      checkAgain: () => set({ checked: checkAnew(get().pipeline) }),
    }
  })
}
