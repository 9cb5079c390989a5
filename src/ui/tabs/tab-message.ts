import type { BatchData } from '#engine/model/batch-data.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { RunFigures } from '#ui/state/run-store.ts'
import type { ClockChoice } from '#ui/state/session-store.ts'
import type { FiguresChange } from './figures-change.ts'

// What tabs of one document say to each other, over a channel of the document's name. The tab that holds the document's lock is its owner: it runs
// the pipeline and edits the document. All others follow. Only tabs of this origin can speak here; of what they send, the document is still
// parsed like any other.

/** The document and how its next run measures time. */
export interface OwnersDocument {
  /** As printPipeline writes it. */
  readonly text: string
  readonly clock: ClockChoice
}

type Spoken =
  /** A tab owns the document from now on: whoever follows, join. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'join' }
  | { readonly kind: 'part' }
  /** Are you there? Asked after a moment of silence. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'here' }
  /** The answer to `join`. */
  | { readonly kind: 'whole'; readonly document: OwnersDocument; readonly figures: RunFigures }
  | { readonly kind: 'document'; readonly document: OwnersDocument }
  | { readonly kind: 'event'; readonly event: DriverEvent }
  | { readonly kind: 'figures'; readonly change: FiguresChange }
  | { readonly kind: 'askBatch'; readonly timeMs: number }
  | { readonly kind: 'batch'; readonly timeMs: number; readonly data: BatchData | undefined }
  /** Let me be the owner. */
  | { readonly kind: 'takeOver' }
  /** I am at it: the last batch ends. */
  | { readonly kind: 'handing' }
  /** The document is free and everything of it stored; `running` is the version whose run is to go on, as text. */
  | { readonly kind: 'handed'; readonly running: string | undefined }

export type TabMessage = Spoken & {
  /** A tab's name for itself. */
  readonly from: string
  /** Absent: to all. */
  readonly to?: string
}

/** This tab's end of the channel of one document. */
export class TabChannel {
  readonly #channel: BroadcastChannel
  readonly #self: string

  constructor(documentId: string, self: string, hear: (message: TabMessage) => void) {
    this.#self = self
    // The number is the version of the language.
    this.#channel = new BroadcastChannel(`sluice-tabs-1-${documentId}`)
    // Nobody but this code speaks on a channel of this name.
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.to === undefined || data.to === self) hear(data)
    }
  }

  say(message: Spoken, to?: string): void {
    this.#channel.postMessage({ ...message, from: this.#self, ...(to === undefined ? {} : { to }) })
  }

  close(): void {
    this.#channel.close()
  }
}
