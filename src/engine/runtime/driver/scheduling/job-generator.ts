import { allocationKey } from '#engine/checkpoint/block-log.ts'
import { describeDamage } from '#engine/checkpoint/damage.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import { figuresKey, printFigures } from '#engine/checkpoint/figure-log.ts'
import { INCIDENTS_KEY } from '#engine/checkpoint/incident-entry.ts'
import { booleanOf, durationOf } from '#engine/compile/conf.ts'
import type { Skipped } from '#engine/model/catch-up.ts'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import { firstBatchAfter } from '#engine/model/time.ts'
import type { MetadataFacts } from '#engine/runtime/driver/context/checkpointer.ts'
import { GenerationFailure } from '#engine/runtime/driver/dstreams/dstream.ts'
import { restoreGraph } from '#engine/runtime/driver/graph/restore-graph.ts'
import { Drain } from './drain.ts'
import type { GeneratorOptions } from './generator-options.ts'
import type { JobSet } from './job-set.ts'
import type { BatchOutcome } from './merge-replies.ts'
import { MissedBatches } from './missed-batches.ts'
import { printBeyond, restartTimes } from './restart-times.ts'
import type { Collected } from './snapshot-collector.ts'

/** Makes a batch at every tick: allocates blocks, generates jobs, submits them, checkpoints.
 *  Source: JobGenerator; dstream-semantics §9 */
export class JobGenerator {
  private readonly options: GeneratorOptions
  private readonly pending = new Set<number>()
  private lastGeneratedMs = 0
  private running = true
  private readonly drain = new Drain()
  /** Batches whose blocks are allocated and not submitted yet. */
  private unsubmitted = 0
  /** Settles when all batches so far are generated: one waits for the other while allocations are logged. */
  private generated: Promise<void> = Promise.resolve()
  /** Batches that were not made in time. */
  readonly missed: MissedBatches
  /** See Metadata. */
  private born: MetadataFacts['born']
  private settledMs: number | undefined
  /** Batches up to here are made after a recovery. */
  private recoveredUntilMs = Number.NEGATIVE_INFINITY

  constructor(options: GeneratorOptions) {
    this.options = options
    const { timers, clock, plan, scheduler, pipeline } = options
    this.missed = new MissedBatches({
      timers,
      clock,
      batchMs: plan.batchMs,
      skips: booleanOf(pipeline.settings.conf, 'sluice.skipMissedBatches'),
      generate: (timeMs) => this.generate(timeMs),
      running: () => scheduler.size + this.unsubmitted,
      begunUntilMs: () => this.lastGeneratedMs,
      onSkipped: (skipped) => this.leaveOut(skipped),
      onEmptied: () => this.idle(),
    })
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

  /** Goes on after a loss of the driver: batches that were pending run again and those of the down time run, in order, before any other.
   *  With `skip` those of the down time are left out.
   *  Source: JobGenerator.restart; dstream-semantics §11.8 */
  async restart(stored: StoredRun, asked = this.missed.skips): Promise<void> {
    this.missed.skips = asked
    const { plan, clock, receivers, listener, ledger, incidents } = this.options
    const { metadata } = stored
    const restored = this.restore(stored)
    const { batchMs } = plan
    const nowMs = clock.kind === 'real' ? clock.now() : metadata.checkpointMs
    const restartMs = firstBatchAfter(nowMs - metadata.zeroMs, batchMs) + metadata.zeroMs
    const { again, missed, beyond } = restartTimes(metadata, restartMs, batchMs)
    const skip = asked || beyond !== undefined
    const times = skip ? again : [...again, ...missed]
    this.recoveredUntilMs = times.at(-1) ?? metadata.checkpointMs
    for (const timeMs of again) this.pending.add(timeMs)
    const figures = ledger.restore(stored.figures, metadata.figures)
    incidents.restore(stored.incidents)
    const report: RecoveryReport = {
      ...restored.report,
      checkpointMs: metadata.checkpointMs,
      rerunMs: times.slice(0, 100),
      rerunCount: times.length,
      missedCount: skip ? 0 : missed.length,
      blocks: stored.blocks.filter(({ payload }) => payload !== undefined).length,
    }
    listener.onRecovered({ ...report, figures }, stored.incidents)
    incidents.recovered(report)
    for (const sentence of describeDamage(stored)) listener.onWarning(sentence)
    const verdict = this.missed.take(times)
    for (const timeMs of times) this.allocateThen(timeMs, verdict)
    await this.generated
    if (!this.running) return
    if (beyond !== undefined) listener.onWarning(printBeyond(beyond))
    const { fromMs = missed[0], toMs = missed.at(-1), count = missed.length } = beyond ?? {}
    if (skip && fromMs !== undefined && toMs !== undefined) this.leaveOut({ why: 'restart', fromMs, toMs, count })
    receivers.start()
    clock.start(restartMs, batchMs, (timeMs) => this.tick(timeMs))
    this.idle()
  }

  /** Runs what was begun before a loss of the driver, and stores the states that this leaves: a savepoint. No batch follows. */
  async settle(stored: StoredRun): Promise<void> {
    const { graph, plan } = this.options
    const { checkpointMs } = stored.metadata
    this.restore(stored)
    const { again } = restartTimes(stored.metadata, checkpointMs + plan.batchMs, plan.batchMs)
    const times = [...new Set([...again, ...graph.lastStates(checkpointMs)])].sort((a, b) => a - b)
    this.recoveredUntilMs = checkpointMs
    for (const timeMs of again) this.pending.add(timeMs)
    for (const timeMs of times) this.allocateThen(timeMs, 'generate')
    await this.generated
    if (!this.running || !this.isBusy()) return
    await this.drain.wait()
  }

  /** Puts a stored run's data in place. */
  private restore(stored: StoredRun): ReturnType<typeof restoreGraph> {
    const { graph, plan, receivers, checkpointer, context, scheduler } = this.options
    const { metadata } = stored
    const { checkpointMs, pending } = metadata
    scheduler.recover((timeMs) => timeMs <= checkpointMs && !pending.includes(timeMs))
    graph.start(metadata.zeroMs)
    this.born = metadata.born
    this.settledMs = metadata.settledMs
    graph.setBorn(metadata.born ?? [])
    const restored = restoreGraph(stored, graph, plan, context)
    checkpointer?.resume(stored, restored.snapshots)
    // Blocks are stored as they come: there may be newer ones than the metadata knows of.
    receivers.restore(stored.blocks.reduce((next, { id }) => Math.max(next, id + 1), metadata.nextBlockId))
    this.lastGeneratedMs = checkpointMs
    context.gaps.restore(metadata.gaps ?? [])
    return restored
  }

  /** Takes up what a completed batch leaves behind. A batch whose last job to end failed stays pending and is not cleared.
   *  Source: JobScheduler.handleJobCompletion; dstream-semantics §9.4, §9.5 */
  completed(set: JobSet, outcome: BatchOutcome, collected: Collected): void {
    const { graph, scheduler, checkpointer, context, ledger } = this.options
    const data = checkpointer?.cut(collected) ?? new Map<string, string>()
    const happened = this.options.incidents.entry()
    if (happened !== undefined) data.set(INCIDENTS_KEY, happened)
    const figures = ledger.entryOf(set.timeMs)
    if (figures !== undefined) data.set(figuresKey(set.timeMs), printFigures(figures))
    if (outcome.jobs.at(-1)?.failure === undefined) {
      this.pending.delete(set.timeMs)
      const forgotten = graph.clearMetadata(set.timeMs)
      scheduler.forget(forgotten)
      // Where batches overtake each other, an older one may still need its inputs, in a recovery at the latest.
      const beforeMs = Math.min(set.timeMs, scheduler.oldestMs ?? set.timeMs) - graph.maxInputRememberMs()
      const blocks = context.blocks.cleanup(beforeMs)
      context.inputInfo.cleanup(beforeMs)
      if (context.gaps.all().length > 0) context.gaps.forgetBefore(graph.oldestNeededMs(set.timeMs))
      checkpointer?.forget(forgotten, blocks)
    }
    checkpointer?.drop(ledger.fold(this.pending).map(figuresKey))
    void this.save(data)
  }

  /** The scheduler has nothing to do. */
  idle(): void {
    this.missed.pump()
    if (this.isBusy()) return
    this.drain.end()
    this.options.clock.idle()
  }

  /** Source: JobGenerator.stop */
  async stop(graceful: boolean): Promise<void> {
    const { clock, plan } = this.options
    if (graceful) this.missed.resume()
    else this.halt()
    await clock.stop(!graceful)
    // Without a core no batch ever runs: nothing to wait for.
    if (this.running && this.isBusy() && plan.executors > 0) await this.untilDrained()
    this.halt()
    this.drain.end()
  }

  private halt(): void {
    this.running = false
    this.missed.stop()
  }

  async noteStopped(): Promise<void> {
    await this.save()
  }

  noteClock(): void {
    void this.save()
  }

  /** Until the queue is empty, a hard stop overtakes this one, or the time for it is over.
   *  Source: spark.streaming.gracefulStopTimeout, JobGenerator.stop */
  private untilDrained(): Promise<void> {
    const { timers, plan, pipeline, listener } = this.options
    const limitMs = durationOf(pipeline.settings.conf, 'spark.streaming.gracefulStopTimeout', 10 * plan.batchMs)
    return this.drain.waitAtMost(timers, limitMs, () =>
      listener.onWarning(`Timed out while stopping gracefully: batches still waited after ${limitMs} ms.`),
    )
  }

  private isBusy(): boolean {
    return this.options.scheduler.size > 0 || this.unsubmitted > 0 || this.missed.size > 0
  }

  private tick(timeMs: number): void {
    if (!this.running) return
    const verdict = this.missed.judge(timeMs)
    if (verdict !== 'skip') this.allocateThen(timeMs, verdict)
  }

  private leaveOut(skipped: Skipped): void {
    const { context, plan, checkpointer, listener } = this.options
    const { fromMs, toMs } = skipped
    context.gaps.add([fromMs, toMs], plan.batchMs)
    // The blocks themselves stay.
    checkpointer?.drop(context.blocks.takeBack(fromMs).map(allocationKey))
    void this.save()
    listener.onSkipped(skipped)
  }

  /** Which blocks belong to a batch is logged before anybody can see its results.
   *  Source: JobGenerator.generateJobs, ReceivedBlockTracker.allocateBlocksToBatch */
  private allocateThen(timeMs: number, then: 'generate' | 'queue'): void {
    const { context, checkpointer, receivers } = this.options
    // Of many missed batches most have nothing to be logged.
    const isWanted = (): boolean => then === 'generate' || context.blocks.hasUnallocated()
    const next = (): void => (then === 'generate' ? this.generate(timeMs) : this.missed.push(timeMs))
    if (checkpointer === undefined || receivers.count === 0) {
      if (isWanted()) context.blocks.allocate(timeMs)
      next()
      return
    }
    this.unsubmitted += 1
    this.generated = this.generated.then(async () => {
      if (isWanted())
        await context.blocks.allocateLogged(timeMs, (...allocation) => receivers.log.allocation(...allocation))
      this.unsubmitted -= 1
      if (this.running) next()
    })
  }

  private generate(timeMs: number): void {
    const { graph, context, listener, timers, scheduler } = this.options
    const recovered = timeMs <= this.recoveredUntilMs
    this.lastGeneratedMs = Math.max(this.lastGeneratedMs, timeMs)
    try {
      const jobs = graph.generateJobs(timeMs)
      const inputs = recovered ? new Map() : context.inputInfo.of(timeMs)
      const set: JobSet = { timeMs, jobs, inputs, submissionMs: timers.now(), recovered }
      if (jobs.length > 0) this.pending.add(timeMs)
      else this.pending.delete(timeMs)
      void this.save()
      if (jobs.length > 0) scheduler.submit(set)
      else this.idle()
    } catch (failure) {
      if (!(failure instanceof GenerationFailure)) {
        this.options.onBroken(failure)
        return
      }
      this.pending.delete(timeMs)
      listener.onFailure({ timeMs, node: failure.node, message: failure.message })
      void this.save()
      this.idle()
    }
  }

  private async save(data?: ReadonlyMap<string, string>): Promise<void> {
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
      born: this.born,
      settledMs: this.settledMs,
      gaps: context.gaps.all().map(([fromMs, toMs]) => [fromMs, toMs]),
      nextBlockId: receivers.nextBlockId,
      figures: this.options.ledger.facts,
    }
  }
}
