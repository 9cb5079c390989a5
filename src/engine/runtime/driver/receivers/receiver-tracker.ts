import { booleanOf, durationOf, memoryOf, wholeOf } from '#engine/compile/conf.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { FaultTargets } from '#engine/model/fault.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { ReceiverFeed } from '#engine/operator/feed.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { Redelivered } from '#engine/runtime/driver/faults/repetition.ts'
import { RateController } from '#engine/runtime/driver/rate/rate-controller.ts'
import { createRateEstimator } from '#engine/runtime/driver/rate/rate-estimator.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { charsOfBlock } from './block-text.ts'
import type { BlockTracker, ReceivedBlock } from './block-tracker.ts'
import { CustomReceiver } from './custom-receiver.ts'
import { IntakeWindow } from './intake-window.ts'
import type { ReceivedBlockLog } from './received-block-log.ts'
import type { Connect } from './receiver-connection.ts'
import { type ConnectedOptions, ReceiverSupervisor } from './receiver-supervisor.ts'
import type { OpenReceiverWorker } from './receiver-worker.ts'
import type { Supervisor, SupervisorOptions } from './supervisor.ts'

/** Pause before a log that could not be written is tried again. */
const LOG_RETRY_MS = 1000
/** Characters that come from one look at all that waits to the next, at most. */
const LOOK_CHARS = 2 ** 20
/** Time over which it is told how much of it a source was held; two batch intervals when these are longer. */
const HELD_OVER_MS = 5000
/** Less is shown as nothing. */
const TOLD_SHARE = 0.005

export interface TrackerOptions {
  readonly plan: Plan
  readonly timers: Timers
  readonly clock: Pick<BatchClock, 'kind'>
  readonly connect: Connect
  readonly openReceiver: OpenReceiverWorker
  readonly listener: RunListener
  readonly conf: Conf
  /** Takes every block before it counts. */
  readonly log: ReceivedBlockLog
}

/** The run's receivers and the blocks they store.
 *  Source: scheduler/ReceiverTracker */
export class ReceiverTracker {
  readonly blocks: BlockTracker
  private readonly options: TrackerOptions
  private readonly supervisors: readonly Supervisor[]
  private readonly intake: IntakeWindow
  /** Characters that may still come before the next look at what waits. */
  private untilLook = 0
  /** Characters of blocks that are being stored. */
  private storingChars = 0
  /** None unless spark.streaming.backpressure.enabled. */
  private readonly controllers: readonly RateController[]
  private nextId = 0
  /** Blocks being stored; a stop waits for them. */
  private readonly storing = new Set<Promise<unknown>>()
  /** Of these, those in their first try: a step of the clock waits for no more. */
  private readonly trying = new Set<Promise<unknown>>()
  private isStopping = false
  /** Wakes those that wait before they try the log again. */
  private readonly wakers = new Set<() => void>()

  constructor(options: TrackerOptions, blocks: BlockTracker) {
    this.options = options
    this.blocks = blocks
    blocks.onAllocated = () => this.balance()
    const deadlineMs = durationOf(options.conf, 'sluice.batchDeadline')
    this.intake = new IntakeWindow({ batchMs: options.plan.batchMs, deadlineMs })
    this.supervisors = options.plan.inputs.flatMap(({ inputStreamId, node, stream }) => {
      const spec = options.plan.streams[stream]?.spec
      if (spec?.kind !== 'source' || spec.feed.kind !== 'receiver') return []
      return [this.supervisorOf(spec.feed.receiver, node, inputStreamId)]
    })
    this.controllers = booleanOf(options.conf, 'spark.streaming.backpressure.enabled')
      ? this.supervisors.map((supervisor) => controllerOf(supervisor, options))
      : []
  }

  get log(): ReceivedBlockLog {
    return this.options.log
  }

  get nextBlockId(): number {
    return this.nextId
  }

  get count(): number {
    return this.supervisors.length
  }

  restore(nextId: number): void {
    this.nextId = nextId
  }

  start(): void {
    for (const supervisor of this.supervisors) supervisor.start()
  }

  /** Resolves when everything received is stored and may be allocated. */
  async stop(graceful: boolean): Promise<void> {
    this.isStopping = true
    await Promise.all(this.supervisors.map((supervisor) => supervisor.stop(graceful)))
    for (const wake of this.wakers) wake()
    await Promise.all(this.storing)
  }

  /** Lines that a person typed for a node; false when no such receiver runs. */
  type(node: string, lines: readonly string[]): boolean {
    const supervisor = this.findConnected(node)
    supervisor?.type(lines)
    return supervisor !== undefined
  }

  /** What faults on demand can strike. */
  targets(): FaultTargets['receivers'] {
    return this.supervisors.map(({ state: { node } }) => {
      const supervisor = this.findConnected(node)
      return { node, connected: supervisor?.isConnected ?? false, recent: supervisor?.recentRecords ?? 0 }
    })
  }

  /** Cuts a receiver's connection on demand; see ReceiverSupervisor.drop. */
  drop(node: string, onBack: () => void): boolean {
    return this.findConnected(node)?.drop(onBack) ?? false
  }

  /** Has a receiver's source send its last records again, and says where they are on their way into a batch. */
  redeliver(node: string, most: number): Redelivered | undefined {
    const supervisor = this.findConnected(node)
    if (supervisor === undefined) return undefined
    supervisor.cut()
    const firstBlock = this.nextId
    const { streamId: inputStreamId, waitingRecords: held } = supervisor.state
    const records = supervisor.redeliver(most)
    supervisor.cut()
    return { inputStreamId, records, firstBlock, held }
  }

  /** Back-pressure: what a completed batch says of the rate at which receivers may go on. */
  batchCompleted(info: BatchInfo): void {
    this.intake.processed(this.blocks.completed(info.batchTimeMs), info.processingDelayMs ?? 0)
    this.balance()
    // Of a source that is not held any more that is told, too, though nothing comes from it.
    if (this.states().some(({ heldShare = 0 }) => heldShare >= TOLD_SHARE)) this.announce()
    for (const controller of this.controllers) controller.batchCompleted(info)
  }

  /** Makes blocks of all that waits and may pass, and waits until they are stored: for a step of the virtual clock. */
  async flush(): Promise<void> {
    await Promise.all(this.supervisors.map((supervisor) => supervisor.flush()))
    await Promise.all(this.trying)
  }

  states(): readonly ReceiverState[] {
    return this.supervisors.map((supervisor) => supervisor.state)
  }

  private supervisorOf(feed: ReceiverFeed, node: string, streamId: number): Supervisor {
    const { options } = this
    const { conf, timers, plan } = options
    const shared: SupervisorOptions = {
      node,
      streamId,
      timers,
      blockIntervalMs: durationOf(conf, 'spark.streaming.blockInterval'),
      blockQueueSize: wholeOf(conf, 'spark.streaming.blockQueueSize'),
      maxRate: wholeOf(conf, 'spark.streaming.receiver.maxRate', Number.POSITIVE_INFINITY),
      initialRate: wholeOf(conf, 'spark.streaming.backpressure.initialRate', Number.POSITIVE_INFINITY),
      restartDelayMs: wholeOf(conf, 'spark.streaming.receiverRestartDelay'),
      heldOverMs: options.clock.kind === 'real' ? Math.max(HELD_OVER_MS, 2 * plan.batchMs) : undefined,
      onBlock: (payload, records) => this.storeUnreliable(streamId, payload, records),
      onReceived: (chars) => this.received(chars),
      onChange: () => this.announce(),
      onWarning: (message, frames) => options.listener.onWarning(message, node, frames),
    }
    if (feed.kind !== 'custom') return this.connectedOf(feed, shared)
    return new CustomReceiver({
      ...shared,
      code: feed.code,
      param: feed.param,
      prelude: plan.prelude,
      broadcasts: plan.broadcasts,
      openWorker: options.openReceiver,
      deadlineMs: durationOf(conf, 'sluice.batchDeadline'),
      onWholeBlock: (payload, records) => this.storeReliable(streamId, payload, records),
    })
  }

  private connectedOf(feed: ConnectedOptions['feed'], shared: SupervisorOptions): Supervisor {
    const { conf, connect } = this.options
    const maxBuffered = memoryOf(conf, 'sluice.receiver.maxBuffered')
    return new ReceiverSupervisor({ ...shared, feed, connect, maxBuffered })
  }

  /** The receiver of a node that takes from somewhere else, or from a person, not from code. */
  private findConnected(node: string): ReceiverSupervisor | undefined {
    const supervisor = this.supervisors.find((each) => each.state.node === node)
    return supervisor instanceof ReceiverSupervisor ? supervisor : undefined
  }

  private announce(): void {
    this.options.listener.onReceivers(this.states())
  }

  /** Stores a block that nobody can send again: while the log cannot be written it waits here, and others behind it.
   *  Source: BlockGenerator.keepPushingBlocks, whose thread ends at the first failure instead */
  private storeUnreliable(inputStreamId: number, payload: BlockPayload, records: number): Promise<void> {
    const block = this.number(inputStreamId, payload, records)
    const first = this.note(this.trying, this.accept(block))
    const stored = first.then((accepted) => (accepted ? undefined : this.untilAccepted(block)))
    return this.note(this.storing, stored)
  }

  /** Stores a block that its receiver acknowledges only when it is stored, and otherwise sends again. */
  private storeReliable(inputStreamId: number, payload: BlockPayload, records: number): Promise<boolean> {
    const block = this.number(inputStreamId, payload, records)
    const accepted = this.accept(block).then((isAccepted) => {
      if (!isAccepted) this.storingChars -= charsOfBlock(payload)
      return isAccepted
    })
    return this.note(this.storing, this.note(this.trying, accepted))
  }

  /** Keeps a promise in the set until it has settled. */
  private note<T>(set: Set<Promise<unknown>>, promise: Promise<T>): Promise<T> {
    set.add(promise)
    void promise.then(() => set.delete(promise))
    return promise
  }

  /** Tries a block again whose first try has failed. */
  private async untilAccepted(block: ReceivedBlock): Promise<void> {
    if (!this.isStopping)
      this.warn(block, 'Error in block pushing thread: the block could not be logged; it waits and is tried again.')
    do {
      if (this.isStopping) return this.warn(block, `${block.records} records could not be logged and are lost.`)
      await this.pause()
    } while (!(await this.accept(block)))
  }

  private number(inputStreamId: number, payload: BlockPayload, records: number): ReceivedBlock {
    this.storingChars += charsOfBlock(payload)
    return { id: this.nextId++, inputStreamId, records, payload }
  }

  private async accept(block: ReceivedBlock): Promise<boolean> {
    if (!(await this.options.log.addition(block))) return false
    this.blocks.add(block)
    this.storingChars -= block.payload === undefined ? 0 : charsOfBlock(block.payload)
    this.balance()
    this.announce()
    return true
  }

  private received(chars: number): void {
    this.untilLook -= chars
    if (this.untilLook <= 0) this.balance()
  }

  /** Batches that fall behind must not fill the memory with what they have not come to. */
  private balance(): void {
    const { queued, all } = this.blocks.unprocessedChars
    const notQueued = this.supervisors.reduce((sum, { blocks }) => sum + blocks.waitingChars, this.storingChars)
    const room = this.intake.roomBeside({ queued: queued + notQueued, all: all + notQueued })
    this.untilLook = room > 0 ? Math.min(LOOK_CHARS, room) : LOOK_CHARS
    for (const supervisor of this.supervisors) supervisor.hold(room <= 0, all + notQueued)
  }

  private warn({ inputStreamId }: ReceivedBlock, message: string): void {
    this.options.listener.onWarning(message, this.options.plan.inputs[inputStreamId]?.node)
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel()
        this.wakers.delete(wake)
        resolve()
      }
      const cancel = this.options.timers.after(LOG_RETRY_MS, wake)
      this.wakers.add(wake)
    })
  }
}

function controllerOf(supervisor: Supervisor, { conf, plan }: TrackerOptions): RateController {
  const estimator = createRateEstimator(conf, plan.batchMs)
  invariant(estimator.ok, 'a document whose estimator cannot be made does not compile')
  return new RateController(supervisor.state.streamId, estimator.value, (rate) => supervisor.updateRate(rate))
}
