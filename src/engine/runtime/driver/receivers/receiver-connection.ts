import type { ReceiverFeed } from '#engine/operator/feed.ts'

/** What happens on a connection, in order: `onOpen` at most once, then texts, then `onClose` at most once and nothing after. */
export interface ConnectionEvents {
  onOpen(): void
  onText(text: string): void
  /** The connection ended or could not be made. `final`: trying again cannot help. */
  onClose(reason: string, final: boolean): void
}

export interface Connection {
  close(): void
  /** Stops reading, so that the sender comes to wait, or goes on; once it is open. Texts that were on their way may still come. Absent: the
   *  platform reads whatever comes. */
  hold?(isHeld: boolean): void
}

/** The platform's way to a source outside; sources without a connection of their own (typed lines) have none. */
export type Connect = (feed: Extract<ReceiverFeed, { kind: 'webSocket' }>, events: ConnectionEvents) => Connection
