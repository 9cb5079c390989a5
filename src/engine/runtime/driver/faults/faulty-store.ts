import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'

/** A checkpoint directory that can be struck: it takes nothing more for a while, or one of its entries is damaged. */
export class FaultyStore implements CheckpointStore {
  private readonly store: CheckpointStore
  /** Told of every write, and whether the store refused it on demand. */
  private readonly onWrite: (refused: boolean) => void
  private isDead = false
  isFull = false

  constructor(store: CheckpointStore, onWrite: (refused: boolean) => void) {
    this.store = store
    this.onWrite = onWrite
  }

  read(): Promise<ReadonlyMap<string, string>> {
    return this.store.read()
  }

  async write(step: CheckpointStep): Promise<void> {
    // Of a driver that is about to be killed nothing is stored any more.
    if (this.isDead) return new Promise(() => {})
    if (this.isFull) {
      this.onWrite(true)
      throw new Error('there is no room left for the checkpoint (on demand): free it in the Faults menu')
    }
    await this.store.write(step)
    this.onWrite(false)
  }

  clear(): Promise<void> {
    return this.store.clear()
  }

  /** Changes bytes of one entry, and takes nothing more. `choose` names it among those there are. Gives its name; undefined when there is none. */
  async damage(choose: (entries: ReadonlyMap<string, string>) => string | undefined): Promise<string | undefined> {
    // What is on its way is stored first, as it would be by a driver that dies a moment later.
    this.isDead = true
    const entries = await this.store.read()
    const key = choose(entries)
    const text = key === undefined ? undefined : entries.get(key)
    if (key === undefined || text === undefined) {
      this.isDead = false
      return undefined
    }
    await this.store.write({ put: new Map([[key, flipped(text)]]), remove: [] })
    return key
  }
}

/** The text with a few bits changed in its middle. */
function flipped(text: string): string {
  const middle = Math.floor(text.length / 2)
  const changed = Array.from(text.slice(middle, middle + 3), (char) => String.fromCharCode(char.charCodeAt(0) ^ 1))
  return text.slice(0, middle) + changed.join('') + text.slice(middle + 3)
}
