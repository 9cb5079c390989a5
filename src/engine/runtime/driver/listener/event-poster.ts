import type { Plan } from '#engine/compile/plan.ts'
import type { BatchData, BatchFailure, CodeFrame } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Skipped } from '#engine/model/catch-up.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { ContextState, LostInput, ReceiverState } from '#engine/model/run-state.ts'
import type { SinkState } from '#engine/model/sink-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { ContextWaiter } from '#engine/runtime/driver/context/context-waiter.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import { batchEvents } from './batch-events.ts'
import type { ListenerBus } from './listener-bus.ts'
import type { ListenerEvent } from './listener-event.ts'
import { ReceiverEvents } from './receiver-events.ts'

export interface PosterOptions {
  readonly plan: Plan
  readonly timers: Timers
  /** Told everything, at once. */
  readonly listener: RunListener
  readonly bus: ListenerBus
  readonly waiter: ContextWaiter
}

/** Passes on what a run tells of itself, and posts the events of it that Spark has. */
export class EventPoster implements RunListener {
  private readonly options: PosterOptions
  private readonly receiverEvents: ReceiverEvents
  private receivers: readonly ReceiverState[] = []
  /** Batches that are not completed, as they were told last. */
  private readonly batches = new Map<number, BatchInfo>()

  constructor(options: PosterOptions) {
    this.options = options
    this.receiverEvents = new ReceiverEvents(options.plan)
  }

  onState(state: ContextState, stopReason?: string): void {
    this.options.listener.onState(state, stopReason)
    if (state === 'ACTIVE') this.post([{ kind: 'StreamingStarted', time: this.options.timers.now() }])
  }

  onBatch(info: BatchInfo): void {
    this.options.listener.onBatch(info)
    this.postOfBatch(info)
    this.batches.set(info.batchTimeMs, info)
  }

  onBatchCompleted(info: BatchInfo, data: BatchData): void {
    this.options.listener.onBatchCompleted(info, data)
    this.postOfBatch(info)
    this.batches.delete(info.batchTimeMs)
  }

  onFailure(failure: BatchFailure): void {
    this.options.listener.onFailure(failure)
    this.options.waiter.notifyError(failure.message)
  }

  onReceivers(receivers: readonly ReceiverState[]): void {
    this.receivers = receivers
    this.options.listener.onReceivers(receivers)
    this.post(this.receiverEvents.changed(receivers, this.options.timers.now()))
  }

  onSinks(sinks: readonly SinkState[]): void {
    this.options.listener.onSinks?.(sinks)
  }

  onRecovered(...told: Parameters<RunListener['onRecovered']>): void {
    this.options.listener.onRecovered(...told)
  }

  onExecutorsLost(loss: Loss): void {
    this.options.listener.onExecutorsLost(loss)
  }

  onCheckpoint(checkpoint: Parameters<RunListener['onCheckpoint']>[0]): void {
    this.options.listener.onCheckpoint(checkpoint)
  }

  onCheckpointTrouble(reason: string | undefined): void {
    this.options.listener.onCheckpointTrouble?.(reason)
  }

  onIncident(incident: Incident): void {
    this.options.listener.onIncident(incident)
  }

  onLost(lost: LostInput): void {
    this.options.listener.onLost(lost)
  }

  onSkipped(skipped: Skipped): void {
    this.options.listener.onSkipped(skipped)
  }

  onWarning(message: string, node?: string, frames?: readonly CodeFrame[]): void {
    this.options.listener.onWarning(message, node, frames)
    if (node !== undefined) this.post(this.receiverEvents.reported(this.receivers, node, message))
  }

  /** Most runs have nobody who listens. */
  private postOfBatch(info: BatchInfo): void {
    if (this.options.bus.isHeard) this.post(batchEvents(this.batches.get(info.batchTimeMs), info))
  }

  private post(events: readonly ListenerEvent[]): void {
    for (const event of events) this.options.bus.post(event)
  }
}
