import { printPipeline } from '#engine/model/print-pipeline.ts'
import type { DocumentState, DocumentStore } from '#ui/state/document-store.ts'
import type { Library } from './library.ts'

/** An edit is saved after this much quiet. */
const QUIET_MS = 300
/** Between two kept versions at least this much passes. */
export const VERSION_EVERY_MS = 20_000

/** Saves every change of the document by itself, and keeps earlier states as versions. */
export class Autosave {
  readonly #library: Library
  readonly #document: DocumentStore
  readonly #failed: (error: unknown) => void
  /** Wall ms of the newest version kept in this sitting, by document. */
  readonly #keptMs = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #unsaved: DocumentState | undefined
  #saving: Promise<void> = Promise.resolve()

  /** `failed` hears of a browser that refuses to store. */
  constructor(library: Library, document: DocumentStore, failed: (error: unknown) => void) {
    this.#library = library
    this.#document = document
    this.#failed = failed
  }

  /** Watches until the page ends. */
  start(): void {
    this.#document.subscribe((state, before) => {
      const changed = state.pipeline !== before.pipeline || state.origin !== before.origin
      // What the owner's tab edits is saved there.
      if (state.id !== before.id || !changed || state.locked !== undefined) return
      this.#unsaved = state
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.flush(), QUIET_MS)
    })
  }

  /** Writes what is not saved yet; resolves when it is. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    const state = this.#unsaved
    if (state !== undefined) this.#saving = this.#saving.then(() => this.#save(state)).catch(this.#failed)
    await this.#saving
  }

  /** For a page that goes away: asks at once for what is not saved yet, because nothing that is waited for comes back. */
  flushAtEnd(): void {
    const state = this.#unsaved
    if (state === undefined) return
    const { id, pipeline, origin } = state
    const nowMs = Date.now()
    const document = { id, name: pipeline.name, text: printPipeline(pipeline), origin, edited: true }
    this.#library.saveDocument({ ...document, openedAtMs: nowMs, savedAtMs: nowMs }).catch(this.#failed)
  }

  /** Another tab has the document now: what is not saved yet becomes one of its earlier versions. */
  async keepAside(): Promise<void> {
    clearTimeout(this.#timer)
    const state = this.#unsaved
    this.#unsaved = undefined
    if (state === undefined) return
    const { id, pipeline } = state
    const text = printPipeline(pipeline)
    await this.#library
      .addVersion({ documentId: id, name: pipeline.name, text, savedAtMs: Date.now() })
      .catch(this.#failed)
  }

  async #save(state: DocumentState): Promise<void> {
    const { id, pipeline, origin } = state
    const stored = await this.#library.findDocument(id)
    const text = printPipeline(pipeline)
    const nowMs = Date.now()
    const edited = stored === undefined || stored.edited || stored.text !== text
    const document = { id, name: pipeline.name, text, origin, edited, savedAtMs: nowMs }
    await this.#library.saveDocument({ openedAtMs: stored?.openedAtMs ?? nowMs, ...document })
    if (this.#unsaved === state) this.#unsaved = undefined
    if (this.#document.getState().id === id) this.#document.getState().markSaved(nowMs)
    // Before the first change of a while, the state before it is worth keeping.
    const keptMs = this.#keptMs.get(id) ?? Number.NEGATIVE_INFINITY
    if (stored === undefined || stored.text === text || nowMs - keptMs < VERSION_EVERY_MS) return
    this.#keptMs.set(id, nowMs)
    const { name, savedAtMs } = stored
    await this.#library.addVersion({ documentId: id, name, text: stored.text, savedAtMs })
  }
}
