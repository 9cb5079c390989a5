/** A page that is being reloaded needs a moment to let go of what it held. */
const PATIENCE_MS = 500

/** At most one tab owns a document: two would overwrite each other's edits and checkpoints.
 *  Where a browser has no locks (a page without https) every tab gets what it asks for; then the fence of the checkpoint alone decides. */
export class DocumentLock {
  readonly #onStolen: () => void
  #release: (() => void) | undefined
  #unwatch: AbortController | undefined

  /** `onStolen` hears that another tab took the document although this one held it. */
  constructor(onStolen: () => void) {
    this.#onStolen = onStolen
  }

  /** Takes the document for this tab and lets go of the one before; false when another tab has it and it may not be stolen. */
  async take(id: string, { steal = false } = {}): Promise<boolean> {
    this.release()
    const locks = browserLocks()
    if (locks === undefined) return true
    return new Promise<boolean>((answer) => {
      let held = false
      const options = steal ? { steal } : { signal: AbortSignal.timeout(PATIENCE_MS) }
      const lock = locks.request(nameOf(id), options, () => {
        held = true
        answer(true)
        return new Promise<void>((release) => {
          this.#release = release
        })
      })
      lock.catch(() => {
        if (held) this.#onStolen()
        else answer(false)
      })
    })
  }

  /** Calls once no tab owns the document any more. Ends with the next `take` or `release`. */
  watch(id: string, onFree: () => void): void {
    this.#unwatch?.abort()
    const unwatch = new AbortController()
    this.#unwatch = unwatch
    // Shared, so that every tab that waits hears of it; it is given back in the same breath.
    const waiting = browserLocks()?.request(nameOf(id), { mode: 'shared', signal: unwatch.signal }, () => {
      if (!unwatch.signal.aborted) onFree()
    })
    waiting?.catch(() => {})
  }

  /** Whether any tab holds a document. */
  async isHeld(id: string): Promise<boolean> {
    const held = (await browserLocks()?.query())?.held ?? []
    return held.some((lock) => lock.name === nameOf(id))
  }

  release(): void {
    this.#unwatch?.abort()
    this.#unwatch = undefined
    this.#release?.()
    this.#release = undefined
  }
}

function nameOf(id: string): string {
  return `sluice-document-${id}`
}

// A cast: absent in pages without https, which the type does not say.
function browserLocks(): LockManager | undefined {
  return globalThis.navigator?.locks as LockManager | undefined
}
