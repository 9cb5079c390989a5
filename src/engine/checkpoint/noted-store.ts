import type { CheckpointStep, CheckpointStore } from './checkpoint-store.ts'

/** What is known of an entry without reading it. */
export interface EntryNote {
  readonly bytes: number
  /** Wall ms; unknown for what an earlier driver wrote. */
  readonly savedAtMs?: number
  /** What the step took that it was written in. */
  readonly durationMs?: number
}

/** A checkpoint directory that remembers which entries it has and how they came to be.
 *  Keeps: a few numbers per entry that is there, and the metadata */
export class NotedStore implements CheckpointStore {
  readonly notes = new Map<string, EntryNote>()
  /** Entries that hold metadata. */
  readonly metadata = new Map<string, string>()
  private readonly store: CheckpointStore
  private readonly nowMs: () => number

  constructor(store: CheckpointStore, nowMs: () => number) {
    this.store = store
    this.nowMs = nowMs
  }

  async read(): Promise<ReadonlyMap<string, string>> {
    const entries = await this.store.read()
    for (const [key, text] of entries) if (!this.notes.has(key)) this.note(key, text, {})
    return entries
  }

  async write(step: CheckpointStep): Promise<void> {
    const beganMs = this.nowMs()
    await this.store.write(step)
    const savedAtMs = this.nowMs()
    for (const key of step.remove) this.forget(key)
    for (const [key, text] of step.put) this.note(key, text, { savedAtMs, durationMs: savedAtMs - beganMs })
  }

  async clear(): Promise<void> {
    await this.store.clear()
    this.notes.clear()
    this.metadata.clear()
  }

  private note(key: string, text: string, how: Omit<EntryNote, 'bytes'>): void {
    this.notes.set(key, { bytes: key.length + text.length, ...how })
    if (key.startsWith('metadata/')) this.metadata.set(key, text)
  }

  private forget(key: string): void {
    this.notes.delete(key)
    this.metadata.delete(key)
  }
}
