import { receiverModule } from '#engine/compile/receiver-module.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { RestartBudget } from '#engine/runtime/driver/executors/restart-budget.ts'
import { RateLimiter } from '#engine/runtime/driver/rate/rate-limiter.ts'
import type { ReceiverAnswer, ReceiverHappening } from '#engine/runtime/receiver/receiver-wire.ts'
import { BlockGenerator } from './block-generator.ts'
import type { CustomReceiverOptions } from './custom-receiver-options.ts'
import { HeldShare } from './held-share.ts'
import { parseRecords } from './parse-receiver-message.ts'
import { everything, pullOf, windowOf } from './pull-room.ts'
import { PullSchedule } from './pull-schedule.ts'
import { errorOf } from './receiver-frames.ts'
import { ReceiverWorkerLink } from './receiver-worker-link.ts'
import type { Supervisor } from './supervisor.ts'
import { Turns } from './turns.ts'
import { WarningBudget } from './warning-budget.ts'

/** How often the worker is asked when it does not say that it has something. */
const PULSE_MS = 500
/** A stop that is not graceful waits so long for the receiver. */
const HARD_STOP_MS = 1_000

/** Keeps a receiver of the user's making going in a worker of its own: pulls what it stores, restarts it when it asks for that, starts it anew
 *  when it stopped, and replaces its worker when that hangs.
 *  Source: ReceiverSupervisorImpl, ReceiverTracker.startReceiver; dstream-semantics §7.4 */
export class CustomReceiver implements Supervisor {
  private readonly options: CustomReceiverOptions
  private readonly limiter: RateLimiter
  readonly blocks: BlockGenerator
  private readonly budget: RestartBudget
  private readonly warnings: WarningBudget
  private told: Omit<ReceiverState, 'waitingRecords' | 'rateLimit'>
  private worker: { close(): void } | undefined
  private link: ReceiverWorkerLink | undefined
  /** `ending`: what it stored is pulled, then its worker goes. */
  private phase: 'off' | 'opening' | 'running' | 'restarting' | 'ending' = 'off'
  private isStopping = false
  private openedMs = 0
  private cancelStart: (() => void) | undefined
  private readonly pulls: PullSchedule
  /** Records that waited in the worker at the last answer. */
  private waitingThere = 0
  /** Whole blocks that are being stored. */
  private storing = 0
  /** Answers, and the end of the worker. */
  private readonly turns = new Turns()
  private readonly held: HeldShare

  constructor(options: CustomReceiverOptions) {
    this.options = options
    const { node, streamId, timers, maxRate, initialRate, blockIntervalMs: intervalMs } = options
    this.told = { node, streamId, state: 'connecting', address: '', records: 0 }
    this.limiter = new RateLimiter({ maxRate, initialRate, intervalMs })
    this.blocks = new BlockGenerator(
      timers,
      { intervalMs, queueSize: options.blockQueueSize, limiter: this.limiter },
      (payload, records) => options.onBlock(payload, records),
    )
    this.held = new HeldShare(timers, options.heldOverMs)
    this.pulls = new PullSchedule(timers, () => this.pull())
    this.budget = new RestartBudget(timers)
    this.warnings = new WarningBudget(timers, (...warning) => options.onWarning(...warning))
  }

  get state(): ReceiverState {
    const rateLimit = this.limiter.currentLimit
    const limit = Number.isFinite(rateLimit) ? { rateLimit } : {}
    const held = this.held.told(this.phase === 'running')
    return { ...this.told, waitingRecords: this.blocks.held + this.waitingThere, ...limit, ...held }
  }

  start(): void {
    this.blocks.start()
    this.open()
  }

  async stop(graceful: boolean): Promise<void> {
    const { streamId, timers } = this.options
    this.isStopping = true
    this.cancelStart?.()
    const refusal = `Registered unsuccessfully because Driver refused to start receiver ${streamId}`
    const error = this.phase === 'opening' ? { lastError: refusal } : {}
    if (this.link === undefined || this.phase === 'opening') this.part()
    else if (this.phase !== 'ending') this.end()
    const cancelLimit = graceful ? undefined : timers.after(HARD_STOP_MS, () => this.part())
    while (this.link !== undefined) await this.turns.next()
    cancelLimit?.()
    this.blocks.stop()
    this.change({ state: 'stopped', ...error })
  }

  hold(isHeld: boolean): void {
    this.held.note(isHeld)
  }

  updateRate(rate: number): void {
    this.limiter.update(rate)
    this.options.onChange()
  }

  async flush(): Promise<void> {
    if (this.phase === 'running' && this.link?.isAsking === false) this.pulls.now()
    if (this.link?.isAsking === true) await this.turns.next()
    this.blocks.cut()
  }

  private open(): void {
    const { openWorker, streamId, timers } = this.options
    this.phase = 'opening'
    this.openedMs = timers.now()
    this.change({ state: 'connecting' })
    this.worker = openWorker(streamId, {
      onLink: (link) => this.load(link),
      onGone: (reason) => this.lost(reason),
    })
  }

  private load(end: ExecutorLink): void {
    const { timers, deadlineMs, prelude, code, streamId, broadcasts } = this.options
    const link = new ReceiverWorkerLink(end, {
      timers,
      deadlineMs,
      onLoaded: (name) => {
        this.phase = 'running'
        this.told = { ...this.told, address: name }
        link.tell({ kind: 'start' })
        this.pulls.now()
      },
      onRefused: (thrown) => {
        const error = errorOf('The receiver could not be made', thrown, this.options)
        this.part()
        this.options.onWarning(error.lastError, error.errorFrames)
        this.change({ state: 'stopped', ...error })
      },
      onReady: () => this.pulls.in(0),
      onAnswer: (answer) => this.take(answer),
      onLost: (reason) => this.lost(reason),
    })
    this.link = link
    const text = receiverModule(prelude, code)
    link.load({ kind: 'load', text, streamId, broadcasts, window: windowOf(this.flow) })
  }

  private get flow(): Parameters<typeof windowOf>[0] {
    return { rate: this.limiter.currentLimit, intervalMs: this.options.blockIntervalMs }
  }

  private pull(): void {
    const { link, flow } = this
    if (link === undefined || link.isAsking) return
    const free = this.options.blockQueueSize - this.storing
    const state = { waiting: this.blocks.waiting, free, isHeld: this.held.isHeld }
    link.pull(this.phase === 'ending' ? everything(flow, state) : pullOf(flow, state))
  }

  private take(answer: ReceiverAnswer): void {
    const items = parseRecords(answer.text, answer.records)
    const isWhole = answer.blocks.every(({ text, records }) => parseRecords(text, records) !== undefined)
    if (items === undefined || !isWhole) {
      this.lost('The receiver broke the protocol: its records cannot be read.')
      return
    }
    this.blocks.storeTagged(items)
    this.told = { ...this.told, records: this.told.records + items.length }
    this.waitingThere = answer.waiting
    for (const block of answer.blocks) this.storeWhole(block)
    for (const happening of answer.happened) this.hear(happening)
    if (this.phase === 'ending') this.endWhenEmpty()
    else this.pulls.in(answer.waiting > 0 ? Math.min(PULSE_MS, this.options.blockIntervalMs) : PULSE_MS)
    this.turns.came()
  }

  private storeWhole({ id, text, records }: ReceiverAnswer['blocks'][number]): void {
    const { link } = this
    this.storing += 1
    void this.options.onWholeBlock({ kind: 'tagged', text }, records).then((ok) => {
      this.storing -= 1
      if (ok) this.change({ records: this.told.records + records })
      link?.tell({ kind: 'stored', block: id, ok })
      if (this.phase === 'ending') this.endWhenEmpty()
    })
  }

  private hear(happening: ReceiverHappening): void {
    switch (happening.kind) {
      case 'started':
        if (this.phase === 'running') this.change({ state: 'active' })
        return
      case 'startFailed':
        this.stopped(errorOf(`Error starting receiver ${this.options.streamId}`, happening, this.options))
        return
      case 'stop':
        this.stopped(errorOf(happening.message, happening, this.options))
        return
      case 'restart':
        this.restart(happening)
        return
      case 'log':
        this.change({ lastLine: happening.text })
        return
      case 'reportError': {
        const { lastError, errorFrames } = errorOf(happening.message, happening, this.options)
        this.warnings.warn(lastError, errorFrames)
        return
      }
      case 'dropped':
        this.warnings.warn(
          `${happening.records} records were dropped: too many waited. Await what store gives, or slow the source down.`,
        )
    }
  }

  /** The receiver asks for it: the same object is started again after a pause. */
  private restart(asked: Extract<ReceiverHappening, { kind: 'restart' }>): void {
    if (this.phase !== 'running') return
    const { timers, restartDelayMs } = this.options
    const waitMs = asked.delayMs ?? restartDelayMs
    const error = errorOf(asked.message, asked, this.options)
    this.phase = 'restarting'
    this.link?.tell({ kind: 'stop', final: false })
    this.change({ state: 'waiting', ...error, retryAtMs: timers.now() + waitMs })
    this.cancelStart = timers.after(waitMs, () => {
      this.phase = 'running'
      this.change({ state: 'connecting' })
      this.link?.tell({ kind: 'start' })
      this.pulls.now()
    })
  }

  /** The receiver has stopped itself: another one is made in its place. */
  private stopped(error: ReturnType<typeof errorOf>): void {
    if (this.phase !== 'running' && this.phase !== 'restarting') return
    this.cancelStart?.()
    this.told = { ...this.told, ...error }
    this.end()
  }

  private end(): void {
    this.phase = 'ending'
    this.link?.tell({ kind: 'stop', final: true })
    this.pulls.now()
  }

  private endWhenEmpty(): void {
    if (this.waitingThere > 0) this.pulls.in(0)
    else if (this.storing === 0 && this.link?.isAsking === false) {
      this.part()
      this.relaunch()
    }
  }

  /** At once, as in Spark, unless it stopped right after its start. */
  private relaunch(): void {
    if (this.isStopping) return
    const { timers, restartDelayMs } = this.options
    const ranMs = timers.now() - this.openedMs
    this.openLater(ranMs >= restartDelayMs ? 0 : restartDelayMs, { isRelaunch: true })
  }

  /** The worker hangs, broke the protocol, or is gone, with what waited in it. */
  private lost(reason: string): void {
    this.part()
    if (this.isStopping) return
    this.options.onWarning(reason)
    if (this.budget.spend()) {
      this.told = { ...this.told, lastError: reason, errorFrames: [] }
      this.openLater(this.options.restartDelayMs, { isRelaunch: true })
      return
    }
    this.change({
      state: 'stopped',
      lastError: `${reason} It was replaced too often within a minute and stays stopped.`,
      errorFrames: [],
    })
  }

  private openLater(delayMs: number, more: { readonly isRelaunch: true }): void {
    const { timers } = this.options
    this.change({ state: 'waiting', retryAtMs: timers.now() + delayMs, ...more })
    this.cancelStart = timers.after(delayMs, () => this.open())
  }

  /** Ends the worker, whatever it does. */
  private part(): void {
    this.pulls.cancel()
    this.cancelStart?.()
    this.phase = 'off'
    this.waitingThere = 0
    this.link?.close()
    this.link = undefined
    this.worker?.close()
    this.worker = undefined
    this.turns.came()
  }

  private change(to: Partial<typeof this.told>): void {
    const { retryAtMs: _retryAtMs, isRelaunch: _isRelaunch, ...rest } = this.told
    this.told = { ...(to.state === undefined ? this.told : rest), ...to }
    this.options.onChange()
  }
}
