import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import {
  PULL_GRANT,
  type ReceiverAnswer,
  type ReceiverCommand,
  type ReceiverMessage,
  type Thrown,
} from '#engine/runtime/receiver/receiver-wire.ts'
import { parseReceiverMessage } from './parse-receiver-message.ts'

export interface WorkerLinkOptions {
  readonly timers: Timers
  /** In which an answer must come: otherwise the worker hangs. */
  readonly deadlineMs: number
  onLoaded(name: string): void
  onRefused(thrown: Thrown): void
  /** A pull would find something. */
  onReady(): void
  onAnswer(answer: ReceiverAnswer): void
  /** The worker hangs or broke the protocol; told once, and nothing after it. */
  onLost(reason: string): void
}

/** The conversation with one worker: one question at a time, each to be answered within the deadline. */
export class ReceiverWorkerLink {
  private readonly link: ExecutorLink
  private readonly options: WorkerLinkOptions
  private seq = 0
  private cancelDeadline: (() => void) | undefined
  private isOpen = true

  constructor(link: ExecutorLink, options: WorkerLinkOptions) {
    this.link = link
    this.options = options
    link.onViolation(() => this.lose('The receiver sent more than it was asked for.'))
    link.listen((data) => this.receive(data))
  }

  /** Whether an answer is due. */
  get isAsking(): boolean {
    return this.cancelDeadline !== undefined
  }

  load(command: Extract<ReceiverCommand, { kind: 'load' }>): void {
    this.ask(command)
  }

  pull(most: { readonly records: number; readonly blocks: number; readonly window: number }): void {
    this.seq += 1
    this.ask({ kind: 'pull', seq: this.seq, ...most })
  }

  tell(command: Extract<ReceiverCommand, { kind: 'start' | 'stop' | 'stored' }>): void {
    if (this.isOpen) this.link.post(command)
  }

  close(): void {
    this.cancelDeadline?.()
    this.cancelDeadline = undefined
    this.isOpen = false
    this.link.close()
  }

  private ask(command: ReceiverCommand): void {
    if (!this.isOpen) return
    const { timers, deadlineMs } = this.options
    this.cancelDeadline?.()
    this.cancelDeadline = timers.after(deadlineMs, () =>
      this.lose(`The receiver did not answer within ${deadlineMs} ms: its code does not come to an end.`),
    )
    this.link.grant(PULL_GRANT)
    this.link.post(command)
  }

  private receive(data: unknown): void {
    if (!this.isOpen) return
    const message = parseReceiverMessage(data)
    if (message.ok) this.take(message.value)
    else this.lose(`The receiver broke the protocol: ${message.error}`)
  }

  private take(message: ReceiverMessage): void {
    const { options } = this
    if (message.kind === 'ready') {
      options.onReady()
      return
    }
    const isExpected = message.kind === 'answer' ? message.seq === this.seq : this.seq === 0
    if (!this.isAsking || !isExpected) {
      this.lose('The receiver broke the protocol: an answer to nothing.')
      return
    }
    this.cancelDeadline?.()
    this.cancelDeadline = undefined
    if (message.kind === 'loaded') options.onLoaded(message.name)
    else if (message.kind === 'refused') options.onRefused(message)
    else options.onAnswer(message)
  }

  private lose(reason: string): void {
    if (!this.isOpen) return
    this.close()
    this.options.onLost(reason)
  }
}
