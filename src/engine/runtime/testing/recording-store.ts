import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'

/** A store in memory that remembers what it held after each step. */
export class RecordingStore implements CheckpointStore {
  readonly past: ReadonlyMap<string, string>[] = [new Map()]
  failures = 0

  get entries(): ReadonlyMap<string, string> {
    return this.past.at(-1) ?? new Map()
  }

  async read(): Promise<ReadonlyMap<string, string>> {
    return this.entries
  }

  async write({ put, remove }: CheckpointStep): Promise<void> {
    await undefined
    if (this.failures > 0) {
      this.failures -= 1
      throw new Error('full')
    }
    const next = new Map(this.entries)
    for (const key of remove) next.delete(key)
    for (const [key, text] of put) next.set(key, text)
    this.past.push(next)
  }

  async clear(): Promise<void> {
    this.past.push(new Map())
  }
}
