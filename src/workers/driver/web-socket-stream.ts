// WebSocketStream, where a browser has it (Chromium): the one WebSocket that reads only when it is asked to.

interface Closed {
  readonly closeCode?: number
  readonly reason?: string
}

export interface WebSocketStream {
  /** Rejects when there is no connection. */
  readonly opened: Promise<{ readonly readable: ReadableStream<string | Uint8Array<ArrayBuffer>> }>
  /** Rejects, with the same fields, when the connection broke. */
  readonly closed: Promise<Closed>
  close(): void
}

type WebSocketStreamClass = new (url: string, options: { readonly protocols: readonly string[] }) => WebSocketStream

/** Undefined where there is none. */
export function findWebSocketStream(): WebSocketStreamClass | undefined {
  return (globalThis as { WebSocketStream?: WebSocketStreamClass }).WebSocketStream // a cast: TypeScript does not know it
}

export interface StreamEvents {
  onOpen(): void
  onMessage(data: string | Uint8Array<ArrayBuffer>): void
  onClose(wasOpen: boolean, how: { readonly code: number; readonly reason: string }): void
}

/** Reads messages one after another, none while it is held. */
export class StreamReader {
  private readonly stream: WebSocketStream
  private readonly events: StreamEvents
  private isOver = false
  /** While it is held. */
  private held: Promise<void> | undefined
  private release: () => void = () => {}

  constructor(stream: WebSocketStream, events: StreamEvents) {
    this.stream = stream
    this.events = events
    // What a handler throws is no fault of the connection's: the worker reports it, as from an event's handler.
    void this.read().catch(reportError)
  }

  close(): void {
    this.isOver = true
    this.release()
    this.stream.close()
  }

  hold(isHeld: boolean): void {
    if (!isHeld) this.release()
    else
      this.held ??= new Promise((resolve) => {
        this.release = () => {
          this.held = undefined
          resolve()
        }
      })
  }

  private async read(): Promise<void> {
    const { stream, events } = this
    // Both settle when it ends; whoever waits for neither is not to hear of a rejection.
    const closed = stream.closed.catch((error: Closed) => error)
    const opened = await stream.opened.catch(() => undefined)
    if (this.isOver) return
    if (opened !== undefined) {
      events.onOpen()
      const reader = opened.readable.getReader()
      for (;;) {
        if (this.held !== undefined) await this.held
        const next = await reader.read().catch(() => undefined)
        if (this.isOver) return
        if (next === undefined || next.done) break
        events.onMessage(next.value)
      }
    }
    const { closeCode = 1006, reason = '' } = await closed
    if (this.isOver) return
    this.isOver = true
    events.onClose(opened !== undefined, { code: closeCode, reason })
  }
}
