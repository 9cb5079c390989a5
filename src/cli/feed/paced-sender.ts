/** What the sender needs of a socket: to write a message, and to know how much is still waiting to leave. */
export interface Outlet {
  readonly bufferedAmount: number
  send(message: string): void
}

export interface PacedSenderOptions {
  readonly outlet: Outlet
  readonly lineAt: (index: number) => string | undefined
  readonly recordsPerSecond: number
  readonly perMessage: number
  /** A clock that never goes back, ms. */
  readonly now: () => number
}

/** Beyond this many waiting bytes the receiver counts as slow and sending pauses. */
export const MOST_BUFFERED_BYTES = 1024 * 1024
/** How long to wait before looking at a slow receiver again. */
const SLOW_WAIT_MS = 20
/** Timers are not called more often than this: what fell due meanwhile goes out together. */
const LEAST_WAIT_MS = 5

/** Sends the lines that are due and says when to be called next. Pace follows the time since the first call, not the
 *  number of calls, so late timers do not slow it down; the time a slow receiver makes it wait is taken out, so that
 *  it is not flooded afterwards. */
export class PacedSender {
  private readonly options: PacedSenderOptions
  private startMs: number
  private pausedSinceMs: number | undefined
  private sent = 0

  constructor(options: PacedSenderOptions) {
    this.options = options
    this.startMs = options.now()
  }

  /** Records sent so far. */
  get count(): number {
    return this.sent
  }

  /** ms until the next call, or undefined when the last line has been sent. */
  sendDue(): number | undefined {
    const { outlet, recordsPerSecond, perMessage, now } = this.options
    const nowMs = now()
    if (this.pausedSinceMs !== undefined) {
      this.startMs += nowMs - this.pausedSinceMs
      this.pausedSinceMs = undefined
    }
    const due = Math.floor(((nowMs - this.startMs) * recordsPerSecond) / 1000)
    while (this.sent + perMessage <= due) {
      if (outlet.bufferedAmount > MOST_BUFFERED_BYTES) {
        this.pausedSinceMs = nowMs
        return SLOW_WAIT_MS
      }
      if (this.sendMessage() < perMessage) return undefined
    }
    const nextMs = this.startMs + ((this.sent + perMessage) * 1000) / recordsPerSecond
    // setTimeout takes at most 2^31 ms and calls at once beyond.
    return Math.min(Math.max(LEAST_WAIT_MS, Math.ceil(nextMs - nowMs)), 60_000)
  }

  /** How many lines went; fewer than `perMessage` at the end. */
  private sendMessage(): number {
    const lines: string[] = []
    while (lines.length < this.options.perMessage) {
      const line = this.options.lineAt(this.sent + lines.length)
      if (line === undefined) break
      lines.push(line)
    }
    if (lines.length > 0) this.options.outlet.send(lines.join('\n'))
    this.sent += lines.length
    return lines.length
  }
}
