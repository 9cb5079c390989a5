import { wholeOf } from '#engine/compile/conf.ts'
import type { BatchExecutors, BatchInfo } from '#engine/model/batch-info.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import type { Allocation } from '#engine/runtime/driver/executors/allocation.ts'
import { allocationOf } from '#engine/runtime/driver/executors/allocation-of.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import { saveOutputs } from '#engine/runtime/driver/files/save-outputs.ts'
import type { GeneratedJob } from '#engine/runtime/driver/graph/dstream-graph.ts'
import { needsNode, type RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { FigureLedger } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import { sendOutputs } from '#engine/runtime/driver/sinks/send-outputs.ts'
import type { SinkSet } from '#engine/runtime/driver/sinks/sink-set.ts'
import { type Executed, failed } from './executed.ts'
import { JobRunner, type RunnerOptions } from './job-runner.ts'
import type { JobSet } from './job-set.ts'
import type { BatchOutcome } from './merge-replies.ts'
import { RunningBatch } from './running-batch.ts'
import type { Collected } from './snapshot-collector.ts'

export interface SchedulerOptions extends Omit<RunnerOptions, 'allocation'> {
  readonly conf: Conf
  /** Without it, as the configuration says. */
  readonly allocation: Allocation | undefined
  readonly files: OutputFiles
  readonly sinks: SinkSet
  readonly ledger: FigureLedger
  /** A batch is done, with what is to be saved by now. */
  onCompleted(set: JobSet, outcome: BatchOutcome, saved: Collected, info: BatchInfo): void
  /** The queue has run empty. */
  onIdle(): void
  /** Something that cannot be has happened: the run must end and say so. */
  onBroken(thrown: unknown): void
}

interface QueuedJob {
  readonly batch: RunningBatch
  readonly job: GeneratedJob
}

/** Runs the jobs of all batches in order of their submission, as many at a time as spark.streaming.concurrentJobs says.
 *  Source: JobScheduler; dstream-semantics §9 */
export class JobScheduler {
  private readonly options: SchedulerOptions
  private readonly runner: JobRunner
  private readonly most: number
  /** Submitted and not completed. */
  private readonly batches: RunningBatch[] = []
  private readonly queue: QueuedJob[] = []
  private running = 0
  private stopped = false

  constructor(options: SchedulerOptions) {
    this.options = options
    this.most = wholeOf(options.conf, 'spark.streaming.concurrentJobs')
    const { allocation = allocationOf(options.conf, options.plan) } = options
    this.runner = new JobRunner({ ...options, allocation }, this.most > 1)
  }

  /** Batches that are not completed, the running ones included. */
  get size(): number {
    return this.batches.length
  }

  /** Time of the oldest batch that is not completed. */
  get oldestMs(): number | undefined {
    return this.batches[0]?.set.timeMs
  }

  /** Puts a set of executors to work; one before it counts as gone.
   *  Fails: the message of what the plan's functions threw while they were loaded */
  attach(links: readonly ExecutorLink[]): Promise<Result<void, string>> {
    return this.runner.attach(links)
  }

  submit(set: JobSet): void {
    if (this.stopped) return
    const batch = new RunningBatch(this.options.plan, set)
    this.options.listener.onBatch(batch.info)
    this.batches.push(batch)
    for (const job of set.jobs) this.queue.push({ batch, job })
    this.fill()
  }

  get staffing(): BatchExecutors | undefined {
    return this.runner.staffing
  }

  forget(rdds: Iterable<RddHandle>): void {
    this.runner.forget(rdds)
  }

  /** An executor was ended on demand. False when there is none to lose. */
  kill(executor: number): boolean {
    return this.runner.kill(executor)
  }

  watch(node: string | undefined, limit: number): void {
    this.runner.watch(node, limit)
  }

  /** The run goes on from a checkpoint. */
  recover(wasFinished: (timeMs: number) => boolean): void {
    this.runner.recover(wasFinished)
  }

  /** Queued batches are dropped. */
  stop(): void {
    this.end()
    this.runner.stop()
  }

  /** As `stop`, and gives the executors away when they have answered what they were asked. */
  release(): Promise<readonly ExecutorLink[]> {
    this.end()
    return this.runner.release()
  }

  private end(): void {
    this.stopped = true
    this.queue.length = 0
    this.batches.length = 0
  }

  /** Starts as many jobs as may run. Where other executors are to take part, no batch begins until they do. */
  private fill(): void {
    while (!this.stopped && this.running < (this.runner.isTraced ? 1 : this.most)) {
      const [next] = this.queue
      if (this.runner.isReallocationDue && next?.batch.isStarted !== true) {
        if (this.running > 0) break
        this.running += 1
        void this.runAndGoOn(() => this.runner.reallocate())
        break
      }
      if (next === undefined) break
      this.queue.shift()
      this.running += 1
      void this.runAndGoOn(() => this.run(next))
    }
  }

  private async runAndGoOn(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (thrown) {
      this.options.onBroken(thrown)
      return
    }
    if (this.stopped) return
    this.running -= 1
    this.fill()
    if (this.running === 0) this.options.onIdle()
  }

  private async run({ batch, job }: QueuedJob): Promise<void> {
    const { plan, timers, listener } = this.options
    // No core is free for tasks: the job waits, as in Spark, until the run is stopped.
    if (plan.executors === 0) return this.runner.pool.untilStopped()
    if ((await this.runner.pool.ready()) === undefined) return
    if (!batch.isStarted) listener.onBatch(batch.start(timers.now(), this.runner.staffing))
    listener.onBatch(batch.startOutput(job.output, timers.now()))
    const executed = await this.runner.execute(batch, job)
    if (this.stopped) return
    const outcome = await this.handOut(executed, batch)
    if (this.stopped) return
    if (executed.hung !== undefined) this.failAlike(batch, executed.hung)
    this.finish(batch, outcome)
  }

  /** What the driver does of a job itself. */
  private async handOut({ outcome }: Executed, batch: RunningBatch): Promise<BatchOutcome> {
    const { plan, files, sinks } = this.options
    if (outcome.files.length === 0 && outcome.unsent.length === 0) return outcome
    const saved = await saveOutputs(outcome, plan, files, batch.savers)
    if (this.stopped) return saved
    return sendOutputs(saved, { plan, sinks, mayRepeat: batch.set.recovered })
  }

  private finish(batch: RunningBatch, outcome: BatchOutcome): void {
    const { timers, listener } = this.options
    const info = batch.endOutput(outcome, timers.now())
    batch.tellFailures(outcome, listener)
    if (batch.jobsLeft === 0) this.complete(batch)
    else listener.onBatch(info)
  }

  private complete(batch: RunningBatch): void {
    const { timers, listener, ledger } = this.options
    const { info, outcome: joined } = batch.complete(timers.now(), this.runner.limitOf)
    const outcome = { ...joined, data: ledger.take(joined.data) }
    this.runner.ended(batch, outcome.data.failures.length === 0)
    this.options.onCompleted(batch.set, outcome, this.runner.snapshots.collect(), info)
    const accumulators = this.runner.accumulators.totals()
    listener.onBatchCompleted(info, accumulators === undefined ? outcome.data : { ...outcome.data, accumulators })
    this.batches.splice(this.batches.indexOf(batch), 1)
  }

  /** The waiting jobs of the batch that need the node fail with the one that hung in it: they would cost executors each. */
  private failAlike(batch: RunningBatch, hung: NonNullable<Executed['hung']>): void {
    const { plan, timers } = this.options
    for (const { job } of this.queue.filter((each) => each.batch === batch)) {
      if (!needsNode(job.rdd, hung.node, plan)) continue
      this.queue.splice(
        this.queue.findIndex((each) => each.job === job),
        1,
      )
      batch.startOutput(job.output, timers.now())
      this.finish(batch, failed(plan, batch.set.timeMs, job.output, hung))
    }
  }
}
