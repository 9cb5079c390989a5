import type { ReceiverState } from '#engine/model/run-state.ts'
import type { ReceiverFeed } from '#engine/operator/feed.ts'
import { RateLimiter } from '#engine/runtime/driver/rate/rate-limiter.ts'
import { BlockGenerator } from './block-generator.ts'
import { HeldShare } from './held-share.ts'
import { findJsonFault } from './json-records.ts'
import { type LineChunk, linesOf, linesOfMessage } from './line-chunk.ts'
import { printOverflow } from './print-overflow.ts'
import type { Connect, Connection } from './receiver-connection.ts'
import { RecentRecords } from './recent-records.ts'
import type { Supervisor, SupervisorOptions } from './supervisor.ts'

const MOST_DELAY_MS = 30_000
/** Records that can be delivered again. */
const MOST_RECENT = 100
/** Records that may wait for their block before a source that can wait has to: as many as two block intervals let through, and always the first number; never
 *  more than the second, half of what makes the block generator drop some. */
const LEAST_WAITING = 50_000
const MOST_WAITING = 500_000

export interface ConnectedOptions extends SupervisorOptions {
  readonly feed: Exclude<ReceiverFeed, { kind: 'custom' }>
  readonly connect: Connect
  /** sluice.receiver.maxBuffered: characters that may wait of a source that cannot be made to. */
  readonly maxBuffered: number
}

/** Keeps one receiver going: connects, stores what comes, and starts again after a lost connection.
 *  Source: ReceiverSupervisor; dstream-semantics §7.4. Spark waits the same delay every time; doubling spares a server that is down */
export class ReceiverSupervisor implements Supervisor {
  private readonly options: ConnectedOptions
  private readonly limiter: RateLimiter
  readonly blocks: BlockGenerator
  private told: Omit<ReceiverState, 'records' | 'waitingRecords' | 'rateLimit'>
  private records = 0
  private connection: Connection | undefined
  private cancelRetry: (() => void) | undefined
  private failures = 0
  private badJson = 0
  private isDropping = false
  private isAskedToWait = false
  private readonly heldShare: HeldShare
  /** Characters of all receivers that no batch has processed. */
  private buffered = 0
  /** They were too many: the source is left alone until they are half of that. */
  private isOverflowing = false
  /** The source is made to wait. */
  private waits = false
  private stopped = false
  private readonly recent = new RecentRecords(MOST_RECENT)
  private onBack: (() => void) | undefined

  constructor(options: ConnectedOptions) {
    this.options = options
    const { node, streamId, feed } = options
    const address = feed.kind === 'webSocket' ? feed.url : 'typed lines'
    this.told = { node, streamId, state: 'connecting', address }
    const intervalMs = options.blockIntervalMs
    const ownRate = feed.kind === 'webSocket' && feed.maxRate > 0 ? feed.maxRate : Number.POSITIVE_INFINITY
    this.heldShare = new HeldShare(options.timers, options.heldOverMs)
    const maxRate = Math.min(options.maxRate, ownRate)
    this.limiter = new RateLimiter({ maxRate, initialRate: options.initialRate, intervalMs })
    this.blocks = new BlockGenerator(
      options.timers,
      { intervalMs, queueSize: options.blockQueueSize, limiter: this.limiter },
      (payload, records) => {
        this.balance()
        return options.onBlock(payload, records)
      },
    )
  }

  get state(): ReceiverState {
    const rateLimit = this.limiter.currentLimit
    const limit = Number.isFinite(rateLimit) ? { rateLimit } : {}
    const held = this.heldShare.told(this.isConnected && this.connection?.hold !== undefined)
    return { ...this.told, records: this.records, waitingRecords: this.blocks.held, ...limit, ...held }
  }

  start(): void {
    this.blocks.start()
    this.open()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.cancelRetry?.()
    this.connection?.close()
    this.blocks.stop()
    this.change({ state: 'stopped' })
  }

  /** Lines that a person typed; one that holds line breaks is several. */
  type(texts: readonly string[]): void {
    if (this.stopped) return
    const lines = linesOf(texts)
    this.storeLines(lines)
    this.recent.addLines(lines)
  }

  /** There is a connection to lose. */
  get isConnected(): boolean {
    return this.connection !== undefined && this.told.state === 'active'
  }

  /** How many records the source could send again. */
  get recentRecords(): number {
    return this.recent.count
  }

  /** Cuts the connection, as a network does. `onBack`: there is one again. False when there is none to cut. */
  drop(onBack: () => void): boolean {
    if (this.connection === undefined || !this.isConnected) return false
    this.onBack = onBack
    this.connection.close()
    this.lost('The connection was cut on demand.', false)
    return true
  }

  /** Takes the last `most` records once more, as from a source that reconnects and sends what it does not know to have arrived.
   *  Gives how many there were. */
  redeliver(most: number): number {
    if (this.stopped) return 0
    const { feed } = this.options
    if (feed.kind === 'manual' || takesLines(feed)) {
      const lines = this.recent.lastLines(most)
      this.storeLines(lines)
      return lines.count
    }
    const texts = this.recent.lastTexts(most)
    this.storeTexts(texts, feed.json)
    return texts.length
  }

  hold(isHeld: boolean, buffered: number): void {
    this.isAskedToWait = isHeld
    this.buffered = buffered
    this.balance()
    if (buffered > this.options.maxBuffered && this.isConnected && this.connection?.hold === undefined) this.overflow()
  }

  updateRate(rate: number): void {
    this.limiter.update(rate)
    this.options.onChange()
  }

  async flush(): Promise<void> {
    this.cut()
  }

  /** Makes a block of what waits at once, as far as the rate limit allows. */
  cut(): void {
    this.blocks.cut()
  }

  private open(): void {
    const { feed, connect } = this.options
    if (feed.kind === 'manual') {
      this.change({ state: 'active' })
      return
    }
    this.change({ state: 'connecting' })
    this.connection = connect(feed, {
      onOpen: () => {
        this.failures = 0
        this.noteHeld()
        if (this.waits) this.connection?.hold?.(true)
        this.change({ state: 'active' })
        this.onBack?.()
        this.onBack = undefined
      },
      onText: (text) => this.take(text, feed),
      onClose: (reason, final) => this.lost(reason, final),
    })
  }

  private take(message: string, feed: WebSocketFeed): void {
    if (this.stopped) return
    if (takesLines(feed)) {
      const lines = linesOfMessage(message)
      this.storeLines(lines)
      this.recent.addLines(lines)
    } else {
      const texts = feed.split === 'lines' ? textsOf(linesOfMessage(message)) : [message]
      this.recent.addTexts(this.storeTexts(texts, feed.json))
    }
    this.options.onReceived(message.length)
  }

  private storeLines(lines: LineChunk): void {
    this.blocks.storeLines(lines)
    this.count(lines.count)
  }

  /** Gives the texts that were fit to be stored. */
  private storeTexts(texts: readonly string[], isJson: boolean): readonly string[] {
    const fit = isJson ? texts.filter((text) => this.isJson(text)) : texts
    if (isJson) this.blocks.storeJson(fit)
    else this.blocks.storeValues(fit)
    this.count(texts.length)
    return fit
  }

  /** Spark's limiter blocks the thread that reads: the source waits, and nothing is dropped. */
  private balance(): void {
    const perInterval = (this.limiter.currentLimit * this.options.blockIntervalMs) / 1000
    const most = Math.min(MOST_WAITING, Math.max(LEAST_WAITING, 2 * perInterval))
    const waits = this.isAskedToWait || this.blocks.waiting >= most
    if (waits === this.waits) return
    this.waits = waits
    this.noteHeld()
    this.connection?.hold?.(waits)
  }

  private noteHeld(): void {
    this.heldShare.note(this.waits && this.connection !== undefined)
  }

  /** Tells of the first text that is no record of a JSON feed. */
  private isJson(text: string): boolean {
    const fault = findJsonFault(text)
    if (fault === undefined) return true
    this.badJson += 1
    if (this.badJson === 1)
      this.options.onWarning(
        `${this.told.address} sent a record that ${fault}: ${text.slice(0, 80)}. Such records are skipped; switch "json" off to take them as text.`,
      )
    return false
  }

  private count(records: number): void {
    this.records += records
    this.balance()
    if (this.blocks.dropped > 0 && !this.isDropping) {
      this.isDropping = true
      this.options.onWarning(
        'Too many records wait for the rate limit: the newest are dropped. Raise the limit, or slow the source down.',
      )
    }
  }

  /** A source that cannot be made to wait is left until the batches have caught up. */
  private overflow(): void {
    const { connection } = this
    if (connection === undefined) return
    connection.close()
    const reason = printOverflow(this.told.address, this.options.maxBuffered)
    this.isOverflowing = true
    this.options.onWarning(reason)
    this.lost(reason, false)
  }

  private openAgain(): void {
    this.isOverflowing &&= this.buffered > this.options.maxBuffered / 2
    if (this.isOverflowing) this.retryIn(this.options.restartDelayMs)
    else this.open()
  }

  private retryIn(delayMs: number, more: Partial<typeof this.told> = {}): void {
    const { timers } = this.options
    this.change({ ...more, state: 'waiting', retryAtMs: timers.now() + delayMs })
    this.cancelRetry = timers.after(delayMs, () => this.openAgain())
  }

  private lost(reason: string, final: boolean): void {
    if (this.stopped) return
    this.connection = undefined
    this.noteHeld()
    if (final) {
      this.options.onWarning(reason)
      this.change({ state: 'stopped', lastError: reason })
      return
    }
    const delayMs = Math.min(MOST_DELAY_MS, this.options.restartDelayMs * 2 ** this.failures)
    this.failures += 1
    this.retryIn(delayMs, { lastError: reason })
  }

  private change(to: Partial<typeof this.told>): void {
    const { retryAtMs: _retryAtMs, ...rest } = this.told
    this.told = { ...rest, ...to }
    this.options.onChange()
  }
}

type WebSocketFeed = Extract<ReceiverFeed, { kind: 'webSocket' }>

/** Its records are lines of text, which stay together. */
function takesLines({ split, json }: WebSocketFeed): boolean {
  return split === 'lines' && !json
}

function textsOf({ text, count }: LineChunk): readonly string[] {
  return count === 0 ? [] : text.split('\n')
}
