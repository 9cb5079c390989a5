/** A page that is being reloaded needs a moment to let go of what it held. */
const PATIENCE_MS = 500

/** At most one tab has a document open: two would overwrite each other's edits and checkpoints. */
export class DocumentLock {
  #release: (() => void) | undefined

  /** Takes the document for this tab and gives the one before free; false when another tab has it. */
  async take(id: string): Promise<boolean> {
    this.#release?.()
    this.#release = undefined
    // Absent in pages without https; then nothing can be known of other tabs.
    const locks = globalThis.navigator?.locks as LockManager | undefined
    if (locks === undefined) return true
    return new Promise<boolean>((answer) => {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const held = locks.request(`sluice-document-${id}`, { signal }, () => {
        answer(true)
        return new Promise<void>((release) => {
          this.#release = release
        })
      })
      held.catch(() => answer(false))
    })
  }
}
