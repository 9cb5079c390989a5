/** What happens on a connection, in order: `onOpen` at most once, then `onClose` at most once and nothing after. */
export interface SinkEvents {
  onOpen(): void
  /** The connection ended or could not be made, with the reason as a sentence. */
  onClose(reason: string): void
}

export interface SinkConnection {
  /** Takes a message into its queue; only after `onOpen`. */
  send(text: string): void
  /** Bytes that were taken and have not left. */
  readonly bufferedBytes: number
  close(): void
}

/** The platform's way to a receiver outside. Must not call back at once. */
export type ConnectSink = (url: string, events: SinkEvents) => SinkConnection
