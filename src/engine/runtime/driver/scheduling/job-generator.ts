import type { StoredRun } from '#engine/checkpoint/entries.ts'
import { figuresKey, printFigures } from '#engine/checkpoint/figure-log.ts'
import { durationOf } from '#engine/compile/conf.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import { firstBatchAfter } from '#engine/model/time.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { Checkpointer, MetadataFacts } from '#engine/runtime/driver/context/checkpointer.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { GenerationFailure } from '#engine/runtime/driver/dstreams/dstream.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import type { IncidentLog } from '#engine/runtime/driver/faults/incident-log.ts'
import type { DStreamGraph } from '#engine/runtime/driver/graph/dstream-graph.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { restoreGraph } from '#engine/runtime/driver/graph/restore-graph.ts'
import type { FigureLedger } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import type { ReceiverTracker } from '#engine/runtime/driver/receivers/receiver-tracker.ts'
import type { JobScheduler } from './job-scheduler.ts'
import type { JobSet } from './job-set.ts'
import type { BatchOutcome } from './merge-replies.ts'

export interface GeneratorOptions {
  readonly pipeline: Pipeline
  readonly plan: Plan
  readonly machineCores: number
  readonly clock: BatchClock
  readonly timers: Timers
  readonly listener: RunListener
  readonly graph: DStreamGraph
  readonly context: InputContext
  readonly scheduler: JobScheduler
  readonly ledger: FigureLedger
  readonly receivers: ReceiverTracker
  readonly checkpointer: Checkpointer | undefined
  readonly incidents: IncidentLog
  /** Something that cannot be has happened: the run must end and say so. */
  onBroken(thrown: unknown): void
}

const LEAST_STOP_TIMEOUT_MS = 10_000

/** Makes a batch at every tick: allocates blocks, generates jobs, submits them, checkpoints.
 *  Source: JobGenerator; dstream-semantics §9 */
export class JobGenerator {
  private readonly options: GeneratorOptions
  private readonly pending = new Set<number>()
  private lastGeneratedMs = 0
  private running = true
  private drained: (() => void) | undefined
  /** Batches whose blocks are allocated and not submitted yet. */
  private unsubmitted = 0
  /** Settles when all batches so far are generated: one waits for the other while allocations are logged. */
  private generated: Promise<void> = Promise.resolve()

  constructor(options: GeneratorOptions) {
    this.options = options
  }

  async start(zeroMs: number): Promise<void> {
    const { graph, plan, clock, receivers } = this.options
    graph.start(zeroMs)
    this.lastGeneratedMs = zeroMs
    await this.save()
    if (!this.running) return
    receivers.start()
    clock.start(zeroMs + plan.batchMs, plan.batchMs, (timeMs) => this.tick(timeMs))
    this.idle()
  }

  /** Goes on after a loss of the driver: batches that were pending and those of the down time run again, in order, before the clock starts.
   *  Source: JobGenerator.restart; dstream-semantics §11.8 */
  async restart(stored: StoredRun): Promise<void> {
    const { graph, plan, clock, receivers, checkpointer, listener, context, scheduler, ledger, incidents } =
      this.options
    const { metadata } = stored
    const { checkpointMs, pending } = metadata
    scheduler.recover((timeMs) => timeMs <= checkpointMs && !pending.includes(timeMs))
    graph.start(metadata.zeroMs)
    const restored = restoreGraph(stored, graph, plan, context)
    checkpointer?.resume(metadata.seq, restored.snapshots)
    // Blocks are stored as they come: there may be newer ones than the metadata knows of.
    receivers.restore(stored.blocks.reduce((next, { id }) => Math.max(next, id + 1), metadata.nextBlockId))
    this.lastGeneratedMs = metadata.checkpointMs
    const { batchMs } = plan
    const nowMs = clock.kind === 'real' ? clock.now() : metadata.checkpointMs
    const restartMs = firstBatchAfter(nowMs - metadata.zeroMs, batchMs) + metadata.zeroMs
    const times = rerunTimes(metadata, restartMs, batchMs)
    const report: RecoveryReport = {
      ...restored.report,
      figures: ledger.restore(stored.figures, metadata.figures),
      checkpointMs: metadata.checkpointMs,
      rerunMs: times.slice(0, 100),
      rerunCount: times.length,
      blocks: stored.blocks.filter(({ payload }) => payload !== undefined).length,
    }
    listener.onRecovered(report)
    incidents.recovered(report)
    for (const key of stored.damaged)
      listener.onWarning(`The entry ${key} of the checkpoint could not be read and was left out.`)
    for (const timeMs of times) this.allocateThenGenerate(timeMs, true)
    await this.generated
    if (!this.running) return
    receivers.start()
    clock.start(restartMs, batchMs, (timeMs) => this.tick(timeMs))
    this.idle()
  }

  /** Takes up what a completed batch leaves behind. A batch whose last job failed stays pending and is not cleared.
   *  Source: JobScheduler.handleJobCompletion; dstream-semantics §9.4, §9.5 */
  completed(set: JobSet, outcome: BatchOutcome, rdds: readonly RddHandle[]): void {
    const { graph, scheduler, checkpointer, context, ledger } = this.options
    const data = checkpointer?.cut(rdds, outcome.snapshots) ?? new Map<string, string>()
    const figures = ledger.entryOf(set.timeMs)
    if (figures !== undefined) data.set(figuresKey(set.timeMs), printFigures(figures))
    if (outcome.jobs.at(-1)?.failure === undefined) {
      this.pending.delete(set.timeMs)
      const forgotten = graph.clearMetadata(set.timeMs)
      scheduler.forget(forgotten)
      const beforeMs = set.timeMs - graph.maxInputRememberMs()
      const blocks = context.blocks.cleanup(beforeMs)
      context.inputInfo.cleanup(beforeMs)
      checkpointer?.forget(forgotten, blocks)
    }
    checkpointer?.drop(ledger.fold(this.pending).map(figuresKey))
    void this.save(data)
  }

  /** The scheduler has nothing to do. */
  idle(): void {
    if (this.isBusy()) return
    this.drained?.()
    this.options.clock.idle()
  }

  /** Source: JobGenerator.stop */
  async stop(graceful: boolean): Promise<void> {
    const { clock, plan } = this.options
    if (!graceful) this.running = false
    await clock.stop(!graceful)
    // Without a core no batch ever runs: nothing to wait for.
    if (this.running && this.isBusy() && plan.executors > 0) await this.untilDrained()
    this.running = false
    this.drained?.()
  }

  async noteStopped(): Promise<void> {
    await this.save()
  }

  noteClock(): void {
    void this.save()
  }

  /** Until the queue is empty, a hard stop overtakes this one, or the time for it is over.
   *  Source: spark.streaming.gracefulStopTimeout. Batches of a virtual clock may be shorter than they take: then it is no less than ten seconds */
  private async untilDrained(): Promise<void> {
    const { timers, plan, pipeline, listener, clock } = this.options
    const usualMs = Math.max(10 * plan.batchMs, clock.kind === 'real' ? 0 : LEAST_STOP_TIMEOUT_MS)
    const limitMs = durationOf(pipeline.settings.conf, 'spark.streaming.gracefulStopTimeout', usualMs)
    await new Promise<void>((resolve) => {
      const cancel = timers.after(limitMs, () => {
        listener.onWarning(`Timed out while stopping gracefully: batches still waited after ${limitMs} ms.`)
        resolve()
      })
      this.drained = () => {
        cancel()
        resolve()
      }
    })
  }

  private isBusy(): boolean {
    return this.options.scheduler.size > 0 || this.unsubmitted > 0
  }

  private tick(timeMs: number): void {
    if (this.running) this.allocateThenGenerate(timeMs, false)
  }

  /** Which blocks belong to a batch is logged before anybody can see its results.
   *  Source: JobGenerator.generateJobs, ReceivedBlockTracker.allocateBlocksToBatch */
  private allocateThenGenerate(timeMs: number, recovered: boolean): void {
    const { context, checkpointer, receivers } = this.options
    if (checkpointer === undefined || receivers.count === 0) {
      context.blocks.allocate(timeMs)
      this.generate(timeMs, recovered)
      return
    }
    this.unsubmitted += 1
    this.generated = this.generated.then(async () => {
      await context.blocks.allocateLogged(timeMs, (...allocation) => receivers.log.allocation(...allocation))
      this.unsubmitted -= 1
      if (this.running) this.generate(timeMs, recovered)
    })
  }

  private generate(timeMs: number, recovered: boolean): void {
    const { graph, context, listener, timers, scheduler } = this.options
    this.lastGeneratedMs = Math.max(this.lastGeneratedMs, timeMs)
    try {
      const jobs = graph.generateJobs(timeMs)
      const inputs = recovered ? new Map<number, number>() : context.inputInfo.of(timeMs)
      const set: JobSet = { timeMs, jobs, inputs, submissionMs: timers.now(), recovered }
      if (jobs.length > 0) this.pending.add(timeMs)
      void this.save()
      if (jobs.length > 0) scheduler.submit(set)
      else this.idle()
    } catch (failure) {
      if (!(failure instanceof GenerationFailure)) {
        this.options.onBroken(failure)
        return
      }
      listener.onFailure({ timeMs, node: failure.node, message: failure.message })
      void this.save()
      this.idle()
    }
  }

  private async save(data: ReadonlyMap<string, string> = new Map()): Promise<void> {
    await this.options.checkpointer?.save(this.facts(), data)
  }

  private facts(): MetadataFacts {
    const { pipeline, machineCores, context, clock, receivers } = this.options
    return {
      running: this.running,
      pipeline,
      machineCores,
      zeroMs: context.zeroMs,
      checkpointMs: this.lastGeneratedMs,
      clock: { kind: clock.kind, speed: clock.speed, paused: clock.paused },
      pending: [...this.pending],
      nextBlockId: receivers.nextBlockId,
      figures: this.options.ledger.facts,
    }
  }
}

function rerunTimes(metadata: StoredRun['metadata'], restartMs: number, batchMs: number): number[] {
  const times = new Set(metadata.pending)
  // The batch of the checkpoint runs again; zero time itself is no batch.
  for (let timeMs = metadata.checkpointMs; timeMs < restartMs; timeMs += batchMs)
    if (timeMs > metadata.zeroMs) times.add(timeMs)
  return [...times].filter((timeMs) => timeMs < restartMs).sort((a, b) => a - b)
}
