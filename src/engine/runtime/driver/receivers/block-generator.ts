import type { Json } from '#engine/model/json.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RateLimiter } from '#engine/runtime/driver/rate/rate-limiter.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { joinJson } from './json-records.ts'
import type { LineChunk } from './line-chunk.ts'
import { LineQueue } from './line-queue.ts'

/** Records that may wait for a rate limit before the newest are dropped, as a message box that is full. */
const MAX_WAITING = 1_000_000

export interface BlockOptions {
  /** spark.streaming.blockInterval, in wall ms. */
  readonly intervalMs: number
  /** spark.streaming.blockQueueSize: blocks that may wait while one is being pushed. */
  readonly queueSize: number
  readonly limiter: RateLimiter
}

/** Cuts what a receiver stores into blocks, one per block interval; an empty interval makes none. Records over the rate limit wait here,
 *  in order, for a later block. While the queue of blocks is full none is cut: what comes makes the next one larger.
 *  Source: BlockGenerator, RateLimiter; dstream-semantics §7.4 */
export class BlockGenerator {
  private readonly timers: Timers
  private readonly options: BlockOptions
  private readonly onBlock: (payload: BlockPayload, records: number) => Promise<void>
  private readonly lines = new LineQueue()
  private readonly json: string[] = []
  private readonly values: Json[] = []
  /** Characters of both. */
  private textChars = 0
  private cancel: (() => void) | undefined
  private pushing = 0
  private isOverdue = false
  private hasBegun = false
  /** Records that the rate limit kept out of the last block. */
  held = 0
  dropped = 0

  /** `onBlock` resolves when the block is stored. */
  constructor(
    timers: Timers,
    options: BlockOptions,
    onBlock: (payload: BlockPayload, records: number) => Promise<void>,
  ) {
    this.timers = timers
    this.options = options
    this.onBlock = onBlock
  }

  start(): void {
    this.cancel = this.timers.after(this.options.intervalMs, () => {
      this.tick()
      this.start()
    })
  }

  storeLines(lines: LineChunk): void {
    if (lines.count === 0) return
    this.begin()
    this.dropped += this.lines.add(lines, MAX_WAITING)
  }

  /** Texts that are JSON, each a record that nests no deeper than one may. */
  storeJson(texts: readonly string[]): void {
    if (texts.length > 0) this.begin()
    for (const text of texts) {
      if (this.json.length >= MAX_WAITING) this.dropped += 1
      else {
        this.json.push(text)
        this.textChars += text.length
      }
    }
  }

  storeValues(values: readonly unknown[]): void {
    if (values.length > 0) this.begin()
    for (const value of values) {
      if (this.values.length >= MAX_WAITING) this.dropped += 1
      else {
        this.values.push(encodeTagged(value))
        this.textChars += charsOf(value)
      }
    }
  }

  /** Values that are tagged already. */
  storeTagged(values: readonly Json[]): void {
    if (values.length > 0) this.begin()
    for (const value of values) {
      this.values.push(value)
      this.textChars += charsOf(value)
    }
  }

  /** Pushes out everything that waits, whatever the rate: it was received. */
  stop(): void {
    this.cancel?.()
    this.push(this.waiting)
  }

  /** Makes a block of what waits, as far as the rate allows. */
  cut(): void {
    this.isOverdue = false
    this.push(this.options.limiter.take(this.waiting, this.timers.now()))
  }

  /** Records in no block yet. */
  get waiting(): number {
    return this.lines.count + this.json.length + this.values.length
  }

  /** Of these, the characters, as far as they are text. */
  get waitingChars(): number {
    return this.lines.chars + this.textChars
  }

  /** Only the first record matters: looking at the clock costs as much as a short message. */
  private begin(): void {
    if (this.hasBegun) return
    this.hasBegun = true
    this.options.limiter.begin(this.timers.now())
  }

  private tick(): void {
    if (this.pushing <= this.options.queueSize) this.cut()
    else this.isOverdue = true
  }

  /** A receiver stores records of one sort only. */
  private push(records: number): void {
    const lines = this.lines.take(records)
    const json = this.json.splice(0, records - lines.count)
    const values = this.values.splice(0, records - lines.count - json.length)
    for (const text of json) this.textChars -= text.length
    for (const value of values) this.textChars -= charsOf(value)
    this.held = this.waiting
    if (lines.count > 0) this.pushBlock(lines, lines.count)
    if (json.length > 0) this.pushBlock({ kind: 'json', text: joinJson(json) }, json.length)
    if (values.length > 0) this.pushBlock({ kind: 'tagged', text: JSON.stringify(values) }, values.length)
  }

  private pushBlock(payload: BlockPayload, records: number): void {
    this.pushing += 1
    void this.onBlock(payload, records).then(() => {
      this.pushing -= 1
      if (this.isOverdue) this.cut()
    })
  }
}

/** Of a text; tagging leaves texts as they are. */
function charsOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0
}
