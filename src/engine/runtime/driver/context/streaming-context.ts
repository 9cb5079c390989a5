import type { StoredRun } from '#engine/checkpoint/entries.ts'
import { booleanOf, durationOf } from '#engine/compile/conf.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { ContextState } from '#engine/model/run-state.ts'
import { firstBatchAfter } from '#engine/model/time.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { SparkContext } from '#engine/runtime/driver/executors/spark-context.ts'
import { makeFaultRecords } from '#engine/runtime/driver/faults/fault-records.ts'
import { Faults } from '#engine/runtime/driver/faults/faults.ts'
import { DStreamGraph } from '#engine/runtime/driver/graph/dstream-graph.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { EventPoster } from '#engine/runtime/driver/listener/event-poster.ts'
import { ListenerBus } from '#engine/runtime/driver/listener/listener-bus.ts'
import type { StreamingListener } from '#engine/runtime/driver/listener/listener-event.ts'
import { FigureLedger } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { printLost } from '#engine/runtime/driver/receivers/print-lost.ts'
import { ReceivedBlockLog } from '#engine/runtime/driver/receivers/received-block-log.ts'
import { ReceiverTracker } from '#engine/runtime/driver/receivers/receiver-tracker.ts'
import { noReceivers } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import { JobGenerator } from '#engine/runtime/driver/scheduling/job-generator.ts'
import { JobScheduler } from '#engine/runtime/driver/scheduling/job-scheduler.ts'
import type { MissedBatches } from '#engine/runtime/driver/scheduling/missed-batches.ts'
import { SinkSet } from '#engine/runtime/driver/sinks/sink-set.ts'
import { Checkpointer } from './checkpointer.ts'
import type { ContextOptions, RestartOptions, StopOptions } from './context-options.ts'
import { ContextWaiter } from './context-waiter.ts'
import { makeInputContext } from './input-context.ts'
import { NO_CORE, otherIsActive, refuseRecovery, sparkStopped, stoppedAlready } from './refuse-start.ts'
import type { RunListener } from './run-listener.ts'
import { SparkException } from './spark-exception.ts'

/** One run of a pipeline: INITIALIZED, ACTIVE after `start`, STOPPED for good after `stop`.
 *  Source: StreamingContext; dstream-semantics §2 */
export class StreamingContext {
  state: ContextState = 'INITIALIZED'
  readonly clock: BatchClock
  readonly sparkContext: SparkContext
  /** What a person may do to the run. */
  readonly faults: Faults
  private readonly options: ContextOptions<StreamingContext>
  private readonly waiter: ContextWaiter
  private readonly bus: ListenerBus
  private readonly listener: RunListener
  private readonly graph: DStreamGraph
  private readonly graphContext: InputContext
  private readonly scheduler: JobScheduler
  private readonly receivers: ReceiverTracker
  private readonly sinks: SinkSet
  private readonly generator: JobGenerator
  private readonly checkpointer: Checkpointer | undefined
  private readonly stopsSparkContext: boolean
  private stopping: Promise<void> | undefined

  constructor(options: ContextOptions<StreamingContext>) {
    const { plan, timers, clock, openReceiver = noReceivers } = options
    const { conf } = options.pipeline.settings
    this.options = options
    this.clock = clock
    this.sparkContext = options.sparkContext ?? new SparkContext()
    this.stopsSparkContext = booleanOf(conf, 'spark.streaming.stopSparkContextByDefault')
    this.waiter = new ContextWaiter(timers)
    this.bus = new ListenerBus((thrown) => options.listener.onWarning(`A listener threw: ${whatOf(thrown)}`))
    const listener = new EventPoster({ plan, timers, listener: options.listener, bus: this.bus, waiter: this.waiter })
    this.listener = listener
    this.checkpointer = plan.checkpointing
      ? new Checkpointer(options.store, plan, () => timers.now(), listener, options.pace)
      : undefined
    const blocks = new BlockTracker()
    const faultRecords = makeFaultRecords(timers, listener)
    this.graphContext = makeInputContext(plan, blocks, (lost) => {
      faultRecords.incidents.noteLost(lost)
      listener.onLost(lost)
      listener.onWarning(printLost(lost))
    })
    this.graph = new DStreamGraph(plan, this.graphContext)
    this.sinks = new SinkSet(plan, timers, options.connectSink, (sinks) => listener.onSinks(sinks))
    const ledger = new FigureLedger(plan)
    const onBroken = (thrown: unknown): void =>
      void this.giveUp(`Sluice made a mistake and had to stop: ${whatOf(thrown)}`)
    this.scheduler = new JobScheduler({
      plan,
      conf,
      timers,
      listener,
      ...faultRecords,
      allocation: options.allocation,
      files: options.files,
      sinks: this.sinks,
      ledger,
      deadlineMs: durationOf(conf, 'sluice.batchDeadline'),
      wholes: (rdds) => this.checkpointer?.wholes(rdds) ?? [],
      onCompleted: (set, outcome, saved, info) => {
        this.receivers.batchCompleted(info)
        this.faults.batchCompleted(info)
        this.generator.completed(set, outcome, saved)
      },
      onIdle: () => this.generator.idle(),
      onBroken,
      onGivenUp: (loss) =>
        void this.giveUp(loss.node === undefined ? loss.reason : `${loss.reason} It was in "${loss.node}".`),
    })
    const log = new ReceivedBlockLog(this.checkpointer, conf, timers)
    this.receivers = new ReceiverTracker({ ...options, openReceiver, listener, conf, log }, blocks)
    const { scheduler, receivers, graph } = this
    this.faults = new Faults({ ...faultRecords, plan, timers, listener, scheduler, receivers, blocks, graph })
    this.generator = new JobGenerator({
      ...options,
      listener,
      incidents: faultRecords.incidents,
      graph: this.graph,
      ledger,
      context: this.graphContext,
      scheduler: this.scheduler,
      receivers: this.receivers,
      checkpointer: this.checkpointer,
      onBroken,
    })
  }

  /** Tells a listener of what happens from now on. */
  addStreamingListener(listener: StreamingListener): void {
    this.bus.add(listener)
  }

  removeStreamingListener(listener: StreamingListener): void {
    this.bus.remove(listener)
  }

  /** Executors for this run; at the start, and again each time they were lost. Without any, those that an earlier run left.
   *  Fails: the plan's functions could not be loaded, or the SparkContext is stopped */
  async attach(links: readonly ExecutorLink[] = this.sparkContext.take()): Promise<Result<void>> {
    if (this.sparkContext.isStopped && this.state === 'INITIALIZED') {
      this.sparkContext.giveBack(links)
      return err([sparkStopped()])
    }
    const loaded = await this.scheduler.attach(links)
    if (loaded.ok) return ok(undefined)
    const hint = 'Look at the shared code and at the functions: they run once when the pipeline starts.'
    if (this.state === 'ACTIVE') void this.giveUp(loaded.error)
    return err([problem('run/functions', `The functions could not be loaded: ${loaded.error}`, { hint })])
  }

  /** Starts the clock; with `stored`, goes on where that run was.
   *  Fails: Spark's IllegalStateException when stopped, and what recovery cannot do. Started already: no effect, with a warning */
  async start(stored?: StoredRun, options: RestartOptions = {}): Promise<Result<void, readonly Diagnostic[]>> {
    const { plan, pipeline, active } = this.options
    if (this.state === 'ACTIVE') {
      this.listener.onWarning('StreamingContext has already been started')
      return ok(undefined)
    }
    if (this.state === 'STOPPED') return err([stoppedAlready()])
    if (active?.current !== undefined) return err([otherIsActive(active.name ?? '')])
    const refusal = refuseRecovery(plan, stored)
    if (refusal !== undefined) {
      this.become('STOPPED')
      return err([refusal])
    }
    if (plan.executors === 0) this.listener.onWarning(NO_CORE)
    active?.set(this, pipeline.name)
    this.become('ACTIVE')
    this.sinks.start()
    try {
      if (stored === undefined)
        await this.generator.start(firstBatchAfter(this.clock.now(), plan.batchMs) - plan.batchMs)
      else await this.generator.restart(stored, options.skipMissed)
    } catch (thrown) {
      await this.stop({ graceful: false })
      throw thrown
    }
    return ok(undefined)
  }

  /** Runs what a stored run had begun and stores the states that this leaves, then stops; its executors are left for another context. */
  async settle(stored: StoredRun): Promise<void> {
    this.become('ACTIVE')
    await this.generator.settle(stored)
    await this.stop({ graceful: false, stopSparkContext: false })
  }

  /** Stops for good. Graceful: receivers first, then the batches of everything received, then the rest.
   *  Executors that were left running end with a later call that says so.
   *  Fails: throws at once when a StreamingListener calls it. Source: StreamingContext.stop, JobScheduler.stop; dstream-semantics §2.4 */
  stop({ graceful, stopSparkContext = this.stopsSparkContext }: StopOptions, reason?: string): Promise<void> {
    if (this.bus.isDelivering) throw new SparkException('Cannot stop StreamingContext within listener bus thread.')
    if (this.state === 'INITIALIZED') {
      this.become('STOPPED', reason)
      this.stopping = this.letGo(stopSparkContext)
    } else if (this.state === 'ACTIVE' && (!graceful || this.stopping === undefined))
      this.stopping = this.end({ graceful, stopSparkContext }, reason)
    else if (stopSparkContext) this.sparkContext.stop()
    return this.stopping ?? Promise.resolve()
  }

  /** Resolves when the context has stopped.
   *  Fails: rejects with the SparkException of a batch that failed, the latest if there were several; the run itself goes on.
   *  Source: StreamingContext.awaitTermination; dstream-semantics §2.5 */
  async awaitTermination(): Promise<void> {
    await this.waiter.wait()
  }

  /** As `awaitTermination`, for `timeoutMs` at most; the value says whether the context has stopped. Negative: for ever. */
  awaitTerminationOrTimeout(timeoutMs: number): Promise<boolean> {
    return this.waiter.wait(timeoutMs)
  }

  /** How long every stream keeps its RDDs at least, to be said before the start.
   *  Fails: run/remember-twice, Spark's IllegalArgumentException */
  remember(rememberMs: number): Result<void> {
    return this.graph.remember(rememberMs)
  }

  /** The RDDs of a node's stream from one time to another, both included; those that are no longer known are made again.
   *  Fails: run/slice, Spark's SparkException. Source: DStream.slice */
  slice(node: string, fromMs: number, toMs: number): Result<readonly RddHandle[]> {
    return this.graph.slice(node, fromMs, toMs)
  }

  /** Lines for a manualStream. */
  async type(node: string, lines: readonly string[]): Promise<boolean> {
    return this.state === 'ACTIVE' && this.receivers.type(node, lines)
  }

  /** One batch of a paused virtual clock, with all that was received until now. */
  async step(): Promise<void> {
    await this.receivers.flush()
    this.clock.step()
  }

  watch(node: string | undefined, limit: number): void {
    this.scheduler.watch(node, limit)
  }

  /** Batches that are due and not completed. */
  get waitingBatches(): number {
    return this.scheduler.size + this.generator.missed.size
  }

  /** What was not made in time, which a person may have wait or left out. */
  get missed(): MissedBatches {
    return this.generator.missed
  }

  /** Those that run the next job, where the run has more than one. */
  get executors(): JobScheduler['staffing'] {
    return this.scheduler.staffing
  }

  get zeroMs(): number {
    return this.graphContext.zeroMs
  }

  /** Writes how the clock stands, for a run that is found after a reload. */
  clockChanged(): void {
    this.generator.noteClock()
  }

  private async end({ graceful, stopSparkContext }: Required<StopOptions>, reason: string | undefined): Promise<void> {
    await this.receivers.stop(graceful)
    await this.generator.stop(graceful)
    this.sinks.stop()
    await this.letGo(stopSparkContext)
    this.bus.stop()
    this.become('STOPPED', reason)
    await this.generator.noteStopped()
  }

  /** Parts with the executors. */
  private async letGo(stopSparkContext: boolean): Promise<void> {
    if (!stopSparkContext) {
      this.sparkContext.giveBack(await this.scheduler.release())
      return
    }
    this.scheduler.stop()
    this.sparkContext.stop()
  }

  private async giveUp(reason: string): Promise<void> {
    this.waiter.notifyError(reason)
    await this.stop({ graceful: false }, reason)
  }

  private become(state: ContextState, reason?: string): void {
    if (this.state === state) return
    this.state = state
    if (state === 'STOPPED') this.options.active?.clear(this)
    if (state === 'STOPPED') this.faults.stop()
    this.listener.onState(state, reason)
    if (state === 'STOPPED') this.waiter.notifyStop()
  }
}

function whatOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
