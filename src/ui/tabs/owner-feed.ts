import { printPipeline } from '#engine/model/print-pipeline.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { DocumentStore } from '#ui/state/document-store.ts'
import type { RunStore } from '#ui/state/run-store.ts'
import type { SessionStore } from '#ui/state/session-store.ts'
import { findChange, wholeFigures } from './figures-change.ts'
import type { OwnersDocument, TabChannel } from './tab-message.ts'

export interface Shown {
  readonly document: DocumentStore
  readonly session: SessionStore
  readonly run: RunStore
}

/** Lets other tabs see what the owner sees, while there are any. Everything is told when it happens: a hidden tab's timers hardly run. */
export class OwnerFeed {
  readonly #shown: Shown
  readonly #channel: TabChannel
  readonly #followers = new Set<string>()
  readonly #stop: readonly (() => void)[]

  constructor(shown: Shown, channel: TabChannel) {
    this.#shown = shown
    this.#channel = channel
    const { document, session, run } = shown
    this.#stop = [
      document.subscribe((state, before) => {
        if (state.pipeline !== before.pipeline && state.id === before.id) this.#tellDocument()
      }),
      session.subscribe((state, before) => {
        if (state.clock !== before.clock) this.#tellDocument()
      }),
      run.subscribe((after, before) => {
        const change = this.#followers.size === 0 ? undefined : findChange(before, after)
        if (change !== undefined) channel.say({ kind: 'figures', change })
      }),
    ]
  }

  /** Gives a tab all there is; from now on it hears of every change. */
  add(follower: string): void {
    this.#followers.add(follower)
    const figures = wholeFigures(this.#shown.run.getState())
    this.#channel.say({ kind: 'whole', document: this.#printDocument(), figures }, follower)
  }

  remove(follower: string): void {
    this.#followers.delete(follower)
  }

  event(event: DriverEvent): void {
    if (this.#followers.size > 0) this.#channel.say({ kind: 'event', event })
  }

  close(): void {
    for (const stop of this.#stop) stop()
    this.#followers.clear()
  }

  #tellDocument(): void {
    if (this.#followers.size > 0) this.#channel.say({ kind: 'document', document: this.#printDocument() })
  }

  #printDocument(): OwnersDocument {
    const { document, session } = this.#shown
    return { text: printPipeline(document.getState().pipeline), clock: session.getState().clock }
  }
}
