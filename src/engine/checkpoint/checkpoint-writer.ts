import type { CheckpointStore } from './checkpoint-store.ts'
import { type MetadataSlot, metadataKey } from './metadata.ts'
import { sealEntry } from './seal.ts'

/** What came of one step. */
export interface WrittenStep {
  /** Characters, which are bytes for the most part. */
  readonly bytes: number
  readonly durationMs: number
}

/** What to write in one step. */
export interface Wanted {
  /** Entries that whoever wants them stored will hear of: when that fails they are no longer wanted. */
  readonly put?: ReadonlyMap<string, string>
  /** Entries that the next metadata names: they are stored with it or before it, however often that fails. */
  readonly data?: ReadonlyMap<string, string>
  /** Entries that `metadata`, or the next, no longer names. They are removed when the metadata before it, which may name them, is gone as well. */
  readonly remove?: Iterable<string>
  /** Replaces the older of the two that are stored. */
  readonly metadata?: string
  /** A power failure may take it with it, see CheckpointStep. */
  readonly isLax?: boolean
}

interface Waiting {
  readonly put: Map<string, string>
  readonly data: Map<string, string>
  readonly remove: Set<string>
  metadata: string | undefined
  isLax: boolean
  readonly done: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[]
}

/** Writes steps one after another. Those that wait become one step, in which a later text of the same name replaces an earlier one: however slow the
 *  store is, the newest metadata is never behind more than one write. Two metadata are stored at any time, with all that either of them names.
 *  Source: CheckpointWriter with its single thread */
export class CheckpointWriter {
  private readonly store: CheckpointStore
  private readonly nowMs: () => number
  private readonly onWritten: (step: WrittenStep) => void
  private waiting: Waiting | undefined
  private writing = false
  private newest: MetadataSlot
  /** What the newest stored metadata does not name, and the one before it may. */
  private retired = new Set<string>()

  constructor(
    store: CheckpointStore,
    nowMs: () => number,
    onWritten: (step: WrittenStep) => void,
    newest: MetadataSlot = 1,
  ) {
    this.store = store
    this.nowMs = nowMs
    this.onWritten = onWritten
    this.newest = newest
  }

  /** Says which metadata of the store is gone on from: it is the last to be replaced. */
  resume(newest: MetadataSlot): void {
    this.newest = newest
  }

  /** Resolves when the step is stored.
   *  Fails: rejects with what the store says */
  write(wanted: Wanted): Promise<void> {
    this.hold(wanted)
    const waiting = this.wait()
    const stored = new Promise<void>((resolve, reject) => waiting.done.push({ resolve, reject }))
    void this.drain()
    return stored
  }

  /** Has something written with the next step. */
  hold({ put = new Map(), data = new Map(), remove = [], metadata, isLax = false }: Wanted): void {
    const waiting = this.wait()
    waiting.isLax &&= isLax
    for (const key of remove) {
      waiting.put.delete(key)
      waiting.data.delete(key)
      waiting.remove.add(key)
    }
    for (const [wanted, of] of [[put, waiting.put] as const, [data, waiting.data] as const]) {
      for (const [key, text] of wanted) {
        waiting.remove.delete(key)
        this.retired.delete(key)
        of.set(key, text)
      }
    }
    waiting.metadata = metadata ?? waiting.metadata
  }

  private wait(): Waiting {
    this.waiting ??= { put: new Map(), data: new Map(), remove: new Set(), metadata: undefined, isLax: true, done: [] }
    return this.waiting
  }

  private async drain(): Promise<void> {
    if (this.writing) return
    this.writing = true
    for (let step = this.take(); step !== undefined; step = this.take()) {
      const began = this.nowMs()
      try {
        const bytes = await this.send(step)
        this.onWritten({ bytes, durationMs: this.nowMs() - began })
        for (const { resolve } of step.done) resolve()
      } catch (error) {
        this.putOff(step.remove)
        this.tryAgain(step.data)
        for (const { reject } of step.done) reject(error)
      }
    }
    this.writing = false
  }

  private async send({ put, data, remove, metadata, isLax }: Waiting): Promise<number> {
    const sealed = new Map<string, string>()
    const slot: MetadataSlot = this.newest === 0 ? 1 : 0
    const own = metadata === undefined ? [] : [[metadataKey(slot), metadata] as const]
    let bytes = 0
    for (const [key, text] of [...data, ...put, ...own]) {
      const entry = sealEntry(key, text)
      sealed.set(key, entry)
      bytes += key.length + entry.length
    }
    await this.store.write({
      put: sealed,
      remove: metadata === undefined ? [] : [...this.retired],
      isLax,
    })
    if (metadata === undefined) this.putOff(remove)
    else {
      this.retired = new Set(remove)
      this.newest = slot
    }
    return bytes
  }

  /** What was not removed is to be removed with a later step, unless it is to be put by then. */
  private putOff(keys: Iterable<string>): void {
    const { put, data, remove } = this.wait()
    for (const key of keys) if (!put.has(key) && !data.has(key)) remove.add(key)
  }

  private tryAgain(entries: ReadonlyMap<string, string>): void {
    const waiting = this.wait()
    const { data, remove } = waiting
    if (entries.size > 0) waiting.isLax = false
    for (const [key, text] of entries) if (!data.has(key) && !remove.has(key)) data.set(key, text)
  }

  private take(): Waiting | undefined {
    const { waiting } = this
    if (waiting === undefined || waiting.done.length === 0) return undefined
    this.waiting = undefined
    return waiting
  }
}
