import type { CheckpointStep, CheckpointStore } from './checkpoint-store.ts'

/** A checkpoint directory that lasts as long as this object. */
export class MemoryCheckpointStore implements CheckpointStore {
  private entries = new Map<string, string>()

  async read(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.entries)
  }

  async write({ put, remove }: CheckpointStep): Promise<void> {
    for (const key of remove) this.entries.delete(key)
    for (const [key, value] of put) this.entries.set(key, value)
  }

  async clear(): Promise<void> {
    this.entries = new Map()
  }
}
