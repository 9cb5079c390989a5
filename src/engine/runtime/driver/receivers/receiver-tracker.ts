import { booleanOf, durationOf, wholeOf } from '#engine/compile/conf.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { RateController } from '#engine/runtime/driver/rate/rate-controller.ts'
import { createRateEstimator } from '#engine/runtime/driver/rate/rate-estimator.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import type { BlockTracker, ReceivedBlock } from './block-tracker.ts'
import type { Connect } from './receiver-connection.ts'
import { ReceiverSupervisor } from './receiver-supervisor.ts'

export interface TrackerOptions {
  readonly plan: Plan
  readonly timers: Timers
  readonly connect: Connect
  readonly listener: RunListener
  readonly conf: Conf
  /** Stores a block before it counts; at once where nothing is stored. */
  log(block: ReceivedBlock): Promise<void>
}

/** The run's receivers and the blocks they store.
 *  Source: scheduler/ReceiverTracker */
export class ReceiverTracker {
  readonly blocks: BlockTracker
  private readonly options: TrackerOptions
  private readonly supervisors: readonly ReceiverSupervisor[]
  /** None unless spark.streaming.backpressure.enabled. */
  private readonly controllers: readonly RateController[]
  private nextId = 0
  /** Blocks being stored; a graceful stop waits for them. */
  private storing = new Set<Promise<void>>()

  constructor(options: TrackerOptions, blocks: BlockTracker) {
    this.options = options
    this.blocks = blocks
    this.supervisors = options.plan.inputs.flatMap(({ inputStreamId, node, stream }) => {
      const spec = options.plan.streams[stream]?.spec
      if (spec?.kind !== 'source' || spec.feed.kind !== 'receiver') return []
      return [
        new ReceiverSupervisor({
          node,
          streamId: inputStreamId,
          feed: spec.feed.receiver,
          timers: options.timers,
          connect: options.connect,
          blockIntervalMs: durationOf(options.conf, 'spark.streaming.blockInterval'),
          blockQueueSize: wholeOf(options.conf, 'spark.streaming.blockQueueSize'),
          maxRate: wholeOf(options.conf, 'spark.streaming.receiver.maxRate', Number.POSITIVE_INFINITY),
          initialRate: wholeOf(options.conf, 'spark.streaming.backpressure.initialRate', Number.POSITIVE_INFINITY),
          restartDelayMs: wholeOf(options.conf, 'spark.streaming.receiverRestartDelay'),
          onBlock: (payload, records) => this.store(inputStreamId, payload, records),
          onChange: () => this.announce(),
          onWarning: (message) => options.listener.onWarning(message, node),
        }),
      ]
    })
    this.controllers = booleanOf(options.conf, 'spark.streaming.backpressure.enabled')
      ? this.supervisors.map((supervisor) => controllerOf(supervisor, options))
      : []
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
  async stop(): Promise<void> {
    for (const supervisor of this.supervisors) supervisor.stop()
    await Promise.all(this.storing)
  }

  /** Lines that a person typed for a node; false when no such receiver runs. */
  type(node: string, lines: readonly string[]): boolean {
    const supervisor = this.supervisors.find((each) => each.state.node === node)
    supervisor?.type(lines)
    return supervisor !== undefined
  }

  /** Back-pressure: what a completed batch says of the rate at which receivers may go on. */
  batchCompleted(info: BatchInfo): void {
    for (const controller of this.controllers) controller.batchCompleted(info)
  }

  /** Makes blocks of all that waits and may pass, and waits until they are stored: for a step of the virtual clock. */
  async flush(): Promise<void> {
    for (const supervisor of this.supervisors) supervisor.cut()
    await Promise.all(this.storing)
  }

  states(): readonly ReceiverState[] {
    return this.supervisors.map((supervisor) => supervisor.state)
  }

  private announce(): void {
    this.options.listener.onReceivers(this.states())
  }

  private store(inputStreamId: number, payload: BlockPayload, records: number): Promise<void> {
    const block: ReceivedBlock = { id: this.nextId++, inputStreamId, records, payload }
    const stored = this.options.log(block).then(() => {
      this.blocks.add(block)
      this.storing.delete(stored)
      this.announce()
    })
    this.storing.add(stored)
    return stored
  }
}

function controllerOf(supervisor: ReceiverSupervisor, { conf, plan }: TrackerOptions): RateController {
  const estimator = createRateEstimator(conf, plan.batchMs)
  invariant(estimator.ok, 'a document whose estimator cannot be made does not compile')
  return new RateController(supervisor.state.streamId, estimator.value, (rate) => supervisor.updateRate(rate))
}
