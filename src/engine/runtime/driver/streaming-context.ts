import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { ContextState } from '#engine/model/run-state.ts'
import { firstBatchAfter } from '#engine/model/time.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import type { BatchClock } from './batch-clock.ts'
import { BlockTracker } from './block-tracker.ts'
import { Checkpointer } from './checkpointer.ts'
import { durationOf } from './conf.ts'
import { DStreamGraph } from './dstream-graph.ts'
import type { ExecutorLink } from './executor-link.ts'
import { InputInfoTracker } from './input-info-tracker.ts'
import { JobGenerator } from './job-generator.ts'
import { JobScheduler } from './job-scheduler.ts'
import { Lineage } from './lineage.ts'
import type { OutputFiles } from './output-files.ts'
import type { Connect } from './receiver-connection.ts'
import { ReceiverTracker } from './receiver-tracker.ts'
import type { RunListener } from './run-listener.ts'
import type { Timers } from './timers.ts'

export interface ContextOptions {
  readonly pipeline: Pipeline
  readonly plan: Plan
  /** What `local[*]` stands for. */
  readonly machineCores: number
  readonly clock: BatchClock
  readonly timers: Timers
  readonly listener: RunListener
  readonly connect: Connect
  /** Used when the pipeline checkpoints. */
  readonly store: CheckpointStore
  /** Takes what output operations save. */
  readonly files: OutputFiles
}

/** One run of a pipeline: INITIALIZED, ACTIVE after `start`, STOPPED for good after `stop`.
 *  Source: StreamingContext; dstream-semantics §2 */
export class StreamingContext {
  state: ContextState = 'INITIALIZED'
  readonly clock: BatchClock
  private readonly options: ContextOptions
  private readonly graph: DStreamGraph
  private readonly graphContext: InputContext
  private readonly scheduler: JobScheduler
  private readonly receivers: ReceiverTracker
  private readonly generator: JobGenerator
  private readonly checkpointer: Checkpointer | undefined
  private stopping: Promise<void> | undefined

  constructor(options: ContextOptions) {
    const { plan, timers, listener, clock, pipeline } = options
    this.options = options
    this.clock = clock
    this.checkpointer = plan.checkpointing ? new Checkpointer(options.store, () => timers.now(), listener) : undefined
    const blocks = new BlockTracker()
    this.graphContext = {
      batchMs: plan.batchMs,
      lineage: new Lineage(),
      zeroMs: 0,
      inputInfo: new InputInfoTracker(),
      blocks,
    }
    this.graph = new DStreamGraph(plan, this.graphContext)
    this.scheduler = new JobScheduler({
      plan,
      timers,
      listener,
      files: options.files,
      deadlineMs: durationOf(pipeline.settings.conf, 'sluice.batchDeadline'),
      onCompleted: (set, outcome, rdds, info) => {
        this.receivers.batchCompleted(info)
        this.generator.completed(set, outcome, rdds)
      },
      onIdle: () => this.generator.idle(),
      onBroken: (thrown) => this.broken(thrown),
      onGivenUp: (loss) =>
        void this.giveUp(loss.node === undefined ? loss.reason : `${loss.reason} It was in "${loss.node}".`),
    })
    const log = async (block: Parameters<Checkpointer['logBlock']>[0]): Promise<void> =>
      this.checkpointer?.logBlock(block)
    this.receivers = new ReceiverTracker(
      { plan, timers, connect: options.connect, listener, conf: pipeline.settings.conf, log },
      blocks,
    )
    this.generator = new JobGenerator({
      ...options,
      graph: this.graph,
      context: this.graphContext,
      scheduler: this.scheduler,
      receivers: this.receivers,
      checkpointer: this.checkpointer,
      onBroken: (thrown) => this.broken(thrown),
    })
  }

  /** Executors for this run; at the start, and again each time they were lost.
   *  Fails: the plan's functions could not be loaded */
  async attach(links: readonly ExecutorLink[]): Promise<Result<void>> {
    const loaded = await this.scheduler.attach(links)
    if (loaded.ok) return ok(undefined)
    const hint = 'Look at the shared code and at the functions: they run once when the pipeline starts.'
    if (this.state === 'ACTIVE') void this.giveUp(loaded.error)
    return err([problem('run/functions', `The functions could not be loaded: ${loaded.error}`, { hint })])
  }

  /** Starts the clock; with `stored`, goes on where that run was.
   *  Fails: Spark's IllegalStateException when stopped, and what recovery cannot do. Started already: no effect, with a warning */
  async start(stored?: StoredRun): Promise<Result<void, readonly Diagnostic[]>> {
    const { plan, listener } = this.options
    if (this.state === 'ACTIVE') {
      listener.onWarning('StreamingContext has already been started')
      return ok(undefined)
    }
    if (this.state === 'STOPPED')
      return err([
        problem('run/stopped', 'StreamingContext has already been stopped', { hint: 'Run makes a new one.' }),
      ])
    if (stored !== undefined && plan.inputs.some(({ stream }) => isQueue(plan, stream))) {
      this.become('STOPPED')
      return err([
        problem('run/queue-recovery', "queueStream doesn't support checkpointing", {
          hint: 'Start afresh, or use a source that can be read again, such as simulatedTextStream.',
        }),
      ])
    }
    this.warnOfCores()
    this.become('ACTIVE')
    if (stored === undefined) await this.generator.start(this.firstZeroMs())
    else await this.generator.restart(stored)
    return ok(undefined)
  }

  /** Stops for good. Graceful: receivers first, then the batches of everything received, then the rest.
   *  Source: StreamingContext.stop, JobScheduler.stop; dstream-semantics §2.4 */
  stop({ graceful }: { readonly graceful: boolean }, reason?: string): Promise<void> {
    if (this.state === 'INITIALIZED') this.become('STOPPED', reason)
    if (this.state === 'STOPPED') return Promise.resolve()
    if (!graceful || this.stopping === undefined) this.stopping = this.end(graceful, reason)
    return this.stopping
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

  /** Batches submitted and not completed. */
  get waitingBatches(): number {
    return this.scheduler.size
  }

  get zeroMs(): number {
    return this.graphContext.zeroMs
  }

  /** Writes how the clock stands, for a run that is found after a reload. */
  clockChanged(): void {
    this.generator.noteClock()
  }

  private async end(graceful: boolean, reason: string | undefined): Promise<void> {
    await this.receivers.stop()
    await this.generator.stop(graceful)
    this.scheduler.stop()
    this.become('STOPPED', reason)
    await this.generator.noteStopped()
  }

  private broken(thrown: unknown): void {
    const what = thrown instanceof Error ? thrown.message : String(thrown)
    void this.giveUp(`Sluice made a mistake and had to stop: ${what}`)
  }

  private async giveUp(reason: string): Promise<void> {
    await this.stop({ graceful: false }, reason)
  }

  private become(state: ContextState, reason?: string): void {
    if (this.state === state) return
    this.state = state
    this.options.listener.onState(state, reason)
  }

  private firstZeroMs(): number {
    const { batchMs } = this.options.plan
    return firstBatchAfter(this.clock.now(), batchMs) - batchMs
  }

  private warnOfCores(): void {
    const { plan, listener } = this.options
    invariant(plan.cores >= 1, 'a master has a core')
    if (plan.executors > 0) return
    listener.onWarning(
      'There is no core left to process data: receivers take all cores of the master, so batches only queue. Use local[n], n > number of receivers.',
    )
  }
}

/** Whether a stream takes from a queue, which no checkpoint saves. A constant stream never does. */
function isQueue(plan: Plan, stream: number): boolean {
  const spec = plan.streams[stream]?.spec
  return spec?.kind === 'source' && spec.feed.kind === 'queue' && spec.feed.batches.length > 0
}
