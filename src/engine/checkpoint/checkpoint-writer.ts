import type { CheckpointStore } from './checkpoint-store.ts'

/** What came of one step. */
export interface WrittenStep {
  readonly bytes: number
  readonly durationMs: number
}

interface Waiting {
  readonly put: Map<string, string>
  readonly remove: Set<string>
  readonly done: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[]
}

/** Writes steps one after another. Those that wait become one step, in which a later text of the same name replaces an earlier one: however slow the
 *  store is, the newest metadata is never behind more than one write.
 *  Source: CheckpointWriter with its single thread */
export class CheckpointWriter {
  private readonly store: CheckpointStore
  private readonly nowMs: () => number
  private readonly onWritten: (step: WrittenStep) => void
  private waiting: Waiting | undefined
  private writing = false

  constructor(store: CheckpointStore, nowMs: () => number, onWritten: (step: WrittenStep) => void) {
    this.store = store
    this.nowMs = nowMs
    this.onWritten = onWritten
  }

  /** Resolves when the step is stored.
   *  Fails: rejects with what the store says */
  write(put: ReadonlyMap<string, string>, remove: Iterable<string> = []): Promise<void> {
    this.waiting ??= { put: new Map(), remove: new Set(), done: [] }
    const { waiting } = this
    for (const key of remove) {
      waiting.put.delete(key)
      waiting.remove.add(key)
    }
    for (const [key, text] of put) {
      waiting.remove.delete(key)
      waiting.put.set(key, text)
    }
    const stored = new Promise<void>((resolve, reject) => waiting.done.push({ resolve, reject }))
    void this.drain()
    return stored
  }

  private async drain(): Promise<void> {
    if (this.writing) return
    this.writing = true
    for (let step = this.take(); step !== undefined; step = this.take()) {
      const began = this.nowMs()
      try {
        await this.store.write({ put: step.put, remove: [...step.remove] })
        this.onWritten({ bytes: sizeOf(step.put), durationMs: this.nowMs() - began })
        for (const { resolve } of step.done) resolve()
      } catch (error) {
        for (const { reject } of step.done) reject(error)
      }
    }
    this.writing = false
  }

  private take(): Waiting | undefined {
    const { waiting } = this
    this.waiting = undefined
    return waiting
  }
}

/** Characters, which are bytes for the most part. */
function sizeOf(put: ReadonlyMap<string, string>): number {
  let size = 0
  for (const [key, text] of put) size += key.length + text.length
  return size
}
