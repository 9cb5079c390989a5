import type { Json } from '#engine/model/json.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import type { Timers } from './timers.ts'

/** Records that may wait for a rate limit before the newest are dropped, as a message box that is full. */
const MAX_WAITING = 1_000_000

/** Cuts what a receiver stores into blocks, one per block interval; an empty interval makes none.
 *  Source: BlockGenerator, RateLimiter; dstream-semantics §7.4 */
export class BlockGenerator {
  private readonly timers: Timers
  private readonly intervalMs: number
  /** Records per interval; undefined = unlimited. */
  private readonly share: number | undefined
  /** Records that may pass now: shares add up to one record at least. */
  private allowed = 0
  private readonly onBlock: (payload: BlockPayload, records: number) => void
  private lines: string[] = []
  private values: Json[] = []
  private cancel: (() => void) | undefined
  dropped = 0

  constructor(
    timers: Timers,
    options: { readonly intervalMs: number; readonly maxRate: number },
    onBlock: (payload: BlockPayload, records: number) => void,
  ) {
    this.timers = timers
    this.intervalMs = options.intervalMs
    this.share = options.maxRate <= 0 ? undefined : (options.maxRate * options.intervalMs) / 1000
    this.onBlock = onBlock
  }

  start(): void {
    this.cancel = this.timers.after(this.intervalMs, () => {
      const { share } = this
      if (share !== undefined) this.allowed = Math.min(this.allowed + share, Math.max(1, share))
      this.cut()
      this.start()
    })
  }

  /** Lines of text; none may hold a line break. */
  storeLines(lines: readonly string[]): void {
    for (const line of lines) {
      if (this.lines.length < MAX_WAITING) this.lines.push(line)
      else this.dropped += 1
    }
  }

  storeValues(values: readonly unknown[]): void {
    for (const value of values) {
      if (this.values.length < MAX_WAITING) this.values.push(encodeTagged(value))
      else this.dropped += 1
    }
  }

  /** Pushes out everything that waits, whatever the rate. */
  stop(): void {
    this.cancel?.()
    this.allowed = Number.POSITIVE_INFINITY
    this.cut()
  }

  /** Makes a block of what waits, as far as the rate allows. */
  cut(): void {
    const [lines, laterLines] = this.split(this.lines)
    const [values, laterValues] = this.split(this.values)
    this.lines = laterLines
    this.values = laterValues
    if (lines.length > 0) this.onBlock({ kind: 'lines', text: lines.join('\n'), count: lines.length }, lines.length)
    if (values.length > 0) this.onBlock({ kind: 'tagged', text: JSON.stringify(values) }, values.length)
  }

  private split<T>(waiting: T[]): [T[], T[]] {
    if (this.share === undefined) return [waiting, []]
    const now = Math.min(waiting.length, Math.floor(this.allowed))
    this.allowed -= now
    return [waiting.slice(0, now), waiting.slice(now)]
  }
}
