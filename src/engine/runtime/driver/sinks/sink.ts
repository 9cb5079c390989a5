import { err, ok, type Result } from '#engine/model/result.ts'
import type { SinkState } from '#engine/model/sink-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { ConnectSink, SinkConnection } from './sink-connection.ts'

/** Waits between tries, doubled each time: shorter than the usual timeout, so that every batch sees one. */
const FIRST_DELAY_MS = 500
const MOST_DELAY_MS = 4_000
/** Bytes that the connection may hold; what is beyond waits here until there is room. */
export const MOST_BUFFERED_BYTES = 1_000_000
/** How long to wait before looking whether messages have left; platforms do not tell. */
const FIRST_LOOK_MS = 1
const MOST_LOOK_MS = 50

export interface SinkOptions {
  readonly node: string
  readonly address: string
  readonly timers: Timers
  readonly connect: ConnectSink
  onChange(): void
}

/** One output's connection to its server: made at the start, and again whenever it breaks. Batches are sent one at a time. */
export class Sink {
  private readonly options: SinkOptions
  private current: SinkState
  private connection: SinkConnection | undefined
  /** Counts connections that opened: a batch must go through one and the same. */
  private opened = 0
  private failures = 0
  private cancelRetry: (() => void) | undefined
  private readonly waiting = new Set<() => void>()

  constructor(options: SinkOptions) {
    this.options = options
    const { node, address } = options
    this.current = { node, state: 'connecting', address, messages: 0, waiting: 0 }
  }

  get state(): SinkState {
    return this.current
  }

  start(): void {
    this.open()
  }

  /** A batch that is being sent fails. */
  stop(): void {
    this.cancelRetry?.()
    this.change({ state: 'stopped', waiting: 0 })
    this.connection?.close()
    this.connection = undefined
  }

  /** Hands a batch's messages to the connection and waits until they have left. When the connection breaks before that, all are sent
   *  again over the next one: what had left may not have arrived. `again` makes the messages of such a try.
   *  Fails: why they have not left within `timeoutMs` */
  async send(
    messages: readonly string[],
    again: () => readonly string[],
    timeoutMs: number,
  ): Promise<Result<void, string>> {
    const deadlineMs = this.options.timers.now() + timeoutMs
    let texts = messages
    for (;;) {
      if (texts.length === 0) return ok(undefined)
      this.change({ waiting: texts.length })
      const outcome = await this.attempt(texts, deadlineMs)
      if (outcome.kind === 'sent') {
        this.change({ waiting: 0 })
        return ok(undefined)
      }
      if (outcome.kind === 'failed') {
        this.change({ waiting: 0 })
        return err(outcome.reason)
      }
      texts = again()
    }
  }

  private async attempt(
    texts: readonly string[],
    deadlineMs: number,
  ): Promise<{ readonly kind: 'sent' | 'broken' } | { readonly kind: 'failed'; readonly reason: string }> {
    while (this.current.state !== 'open') {
      if (this.current.state === 'stopped') return { kind: 'failed', reason: 'The run was stopped.' }
      if (!(await this.untilChange(deadlineMs)))
        return { kind: 'failed', reason: this.current.lastError ?? 'The server does not answer.' }
    }
    const { opened } = this
    const isBroken = (): boolean => this.opened !== opened || this.current.state !== 'open'
    let left = texts.length
    for (const text of texts) {
      const isFree = await this.untilBelow(MOST_BUFFERED_BYTES, deadlineMs, isBroken)
      if (isBroken()) return { kind: 'broken' }
      if (!isFree) return { kind: 'failed', reason: tooSlow(left, texts.length) }
      this.connection?.send(text)
      left -= 1
      this.current = { ...this.current, messages: this.current.messages + 1, waiting: left }
    }
    const isGone = await this.untilBelow(1, deadlineMs, isBroken)
    if (isBroken()) return { kind: 'broken' }
    return isGone ? { kind: 'sent' } : { kind: 'failed', reason: tooSlow(0, texts.length) }
  }

  /** Whether the connection came to hold less than `bytes` in time. */
  private async untilBelow(bytes: number, deadlineMs: number, isBroken: () => boolean): Promise<boolean> {
    const { timers } = this.options
    for (let lookMs = FIRST_LOOK_MS; !isBroken(); lookMs = Math.min(MOST_LOOK_MS, lookMs * 2)) {
      if ((this.connection?.bufferedBytes ?? 0) < bytes) return true
      const leftMs = deadlineMs - timers.now()
      if (leftMs <= 0) return false
      await this.untilChange(timers.now() + Math.min(lookMs, leftMs))
    }
    return false
  }

  /** Until the state changes; false when it had not by then. */
  private untilChange(deadlineMs: number): Promise<boolean> {
    const { timers } = this.options
    if (deadlineMs <= timers.now()) return Promise.resolve(false)
    return new Promise((resolve) => {
      const settle = (changed: boolean): void => {
        cancel()
        this.waiting.delete(wake)
        resolve(changed)
      }
      const wake = (): void => settle(true)
      const cancel = timers.after(deadlineMs - timers.now(), () => settle(false))
      this.waiting.add(wake)
    })
  }

  private open(): void {
    this.change({ state: 'connecting' })
    const { connect, address } = this.options
    let wasOpen = false
    this.connection = connect(address, {
      onOpen: () => {
        if (this.current.state === 'stopped') return
        wasOpen = true
        this.opened += 1
        this.failures = 0
        this.change({ state: 'open' })
      },
      onClose: (reason) => this.closed(wasOpen ? 'lost' : 'refused', reason),
    })
  }

  private closed(state: 'refused' | 'lost', reason: string): void {
    if (this.current.state === 'stopped') return
    const { timers } = this.options
    const delayMs = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures)
    this.failures += 1
    this.connection = undefined
    this.change({ state, lastError: reason, retryAtMs: timers.now() + delayMs })
    this.cancelRetry = timers.after(delayMs, () => this.open())
  }

  private change(to: Partial<SinkState>): void {
    const { retryAtMs: _retryAtMs, ...rest } = this.current
    const turned = to.state !== undefined && to.state !== rest.state
    this.current = { ...rest, ...to }
    this.options.onChange()
    if (turned) for (const wake of [...this.waiting]) wake()
  }
}

function tooSlow(left: number, all: number): string {
  const what = left === 0 ? 'the last messages have not left yet' : `${left} of ${all} messages still wait`
  return `The server does not take messages fast enough: ${what}. Make the batch smaller, send fewer messages, or give it a longer timeout.`
}
