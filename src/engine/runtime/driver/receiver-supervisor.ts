import type { ReceiverState } from '#engine/model/run-state.ts'
import type { ReceiverFeed } from '#engine/operator/feed.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { BlockGenerator } from './block-generator.ts'
import type { Connect } from './receiver-connection.ts'
import type { Timers } from './timers.ts'

const MOST_DELAY_MS = 30_000

export interface SupervisorOptions {
  readonly node: string
  readonly streamId: number
  readonly feed: ReceiverFeed
  readonly timers: Timers
  readonly connect: Connect
  readonly blockIntervalMs: number
  /** spark.streaming.receiverRestartDelay: wait before the first new try; every failed try in a row doubles it, up to 30 s. */
  readonly restartDelayMs: number
  onBlock(payload: BlockPayload, records: number): void
  onChange(): void
  onWarning(message: string): void
}

/** Keeps one receiver going: connects, stores what comes, and starts again after a lost connection.
 *  Source: ReceiverSupervisor; dstream-semantics §7.4. Spark waits the same delay every time; doubling spares a server that is down */
export class ReceiverSupervisor {
  state: ReceiverState
  private readonly options: SupervisorOptions
  private readonly blocks: BlockGenerator
  private connection: { close(): void } | undefined
  private cancelRetry: (() => void) | undefined
  private failures = 0
  private badJson = 0
  private stopped = false

  constructor(options: SupervisorOptions) {
    this.options = options
    const { node, streamId, feed } = options
    const address = feed.kind === 'webSocket' ? feed.url : 'typed lines'
    this.state = { node, streamId, state: 'connecting', address, records: 0 }
    const maxRate = feed.kind === 'webSocket' ? feed.maxRate : 0
    this.blocks = new BlockGenerator(
      options.timers,
      { intervalMs: options.blockIntervalMs, maxRate },
      (payload, records) => options.onBlock(payload, records),
    )
  }

  start(): void {
    this.blocks.start()
    this.open()
  }

  /** Refuses new data and pushes out what was received. */
  stop(): void {
    this.stopped = true
    this.cancelRetry?.()
    this.connection?.close()
    this.blocks.stop()
    this.change({ state: 'stopped' })
  }

  /** Lines that a person typed; one that holds line breaks is several. */
  type(texts: readonly string[]): void {
    if (this.stopped) return
    const lines = texts.flatMap((text) => text.split(/\r?\n/))
    this.blocks.storeLines(lines)
    this.count(lines.length)
  }

  /** Makes a block of what waits at once, for a clock that does not wait for the block interval. */
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
        this.change({ state: 'active' })
      },
      onText: (text) => this.take(text, feed),
      onClose: (reason, final) => this.lost(reason, final),
    })
  }

  private take(text: string, feed: Extract<ReceiverFeed, { kind: 'webSocket' }>): void {
    if (this.stopped) return
    const records = feed.split === 'lines' ? linesOf(text) : [text]
    if (feed.json) this.takeJson(records)
    else if (feed.split === 'lines') this.blocks.storeLines(records)
    else this.blocks.storeValues(records)
    this.count(records.length)
  }

  private takeJson(records: readonly string[]): void {
    const values: unknown[] = []
    for (const record of records) {
      try {
        values.push(JSON.parse(record))
      } catch {
        this.badJson += 1
        if (this.badJson === 1)
          this.options.onWarning(
            `${this.state.address} sent a record that is not JSON: ${record.slice(0, 80)}. Such records are skipped; switch "json" off to take them as text.`,
          )
      }
    }
    this.blocks.storeValues(values)
  }

  private count(records: number): void {
    this.state = { ...this.state, records: this.state.records + records }
  }

  private lost(reason: string, final: boolean): void {
    if (this.stopped) return
    this.connection = undefined
    if (final) {
      this.options.onWarning(reason)
      this.change({ state: 'stopped', lastError: reason })
      return
    }
    const delayMs = Math.min(MOST_DELAY_MS, this.options.restartDelayMs * 2 ** this.failures)
    this.failures += 1
    this.change({ state: 'waiting', lastError: reason, retryAtMs: this.options.timers.now() + delayMs })
    this.cancelRetry = this.options.timers.after(delayMs, () => this.open())
  }

  private change(to: Partial<ReceiverState>): void {
    const { retryAtMs: _retryAtMs, ...rest } = this.state
    this.state = { ...rest, ...to }
    this.options.onChange()
  }
}

/** The lines of a message; a break at its end starts no line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
