import type { Plan } from '#engine/compile/plan.ts'
import type { BatchExecutors } from '#engine/model/batch-info.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { Allocation } from '#engine/runtime/driver/executors/allocation.ts'
import { orderFor } from '#engine/runtime/driver/executors/batch-order.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { ExecutorSet, Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import { lastingStreams } from '#engine/runtime/driver/executors/lasting-streams.ts'
import { RestartBudget } from '#engine/runtime/driver/executors/restart-budget.ts'
import type { IncidentLog } from '#engine/runtime/driver/faults/incident-log.ts'
import { ReworkLedger } from '#engine/runtime/driver/faults/rework-ledger.ts'
import type { SlowPartitions } from '#engine/runtime/driver/faults/slow-partitions.ts'
import type { GeneratedJob } from '#engine/runtime/driver/graph/dstream-graph.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import { Accumulators } from './accumulators.ts'
import { type Executed, failed, stoppedLoss } from './executed.ts'
import { ExecutorPool, type Staff } from './executor-pool.ts'
import { mergeReplies, type SampleLimit, USUAL_SAMPLE } from './merge-replies.ts'
import type { RunningBatch } from './running-batch.ts'
import { SnapshotCollector } from './snapshot-collector.ts'

/** Executors hand over what they keep without calling a function of the user. */
const MOVE_DEADLINE_MS = 60_000

export interface RunnerOptions {
  readonly plan: Plan
  readonly timers: Timers
  readonly listener: RunListener
  /** Which partitions of these new RDDs are wanted whole, for the checkpoint. */
  wholes?(rdds: readonly RddHandle[]): NonNullable<BatchOrder['wholes']>
  /** Wall ms in which executors must answer something before they count as hung. */
  readonly deadlineMs: number
  readonly incidents: IncidentLog
  /** How many executors run a batch. */
  readonly allocation: Allocation
  /** What executors are asked beside a job. */
  readonly slow: SlowPartitions
  /** Executors were lost too often: the run cannot go on. */
  onGivenUp(loss: Loss): void
}

/** Runs single jobs on the executors there are, and sees to it that lost ones are replaced. */
export class JobRunner {
  readonly pool: ExecutorPool
  readonly accumulators: Accumulators
  readonly snapshots = new SnapshotCollector()
  /** After a loss jobs run one at a time and are traced, so that the next loss names the step; until a batch has gone well. */
  isTraced = false
  private readonly options: RunnerOptions
  private readonly isConcurrent: boolean
  private readonly budget: RestartBudget
  private readonly lasting: ReadonlySet<StreamId>
  /** The last batch went well: what executors keep is whole. */
  private isWell = true
  private readonly reworks: ReworkLedger
  /** The executors that were lost last, and whether others may follow. */
  private lost: { readonly set: ExecutorSet; readonly mayRestart: boolean } | undefined
  /** Settles when nobody is `alone` any more. */
  private lonely: Promise<void> = Promise.resolve()
  private isStopped = false
  private hasLoaded = false
  private watched: { readonly node: string | undefined; readonly limit: number } = {
    node: undefined,
    limit: USUAL_SAMPLE,
  }

  /** `isConcurrent`: several jobs may run at the same time. */
  constructor(options: RunnerOptions, isConcurrent: boolean) {
    const { plan, timers, deadlineMs } = options
    this.options = options
    this.isConcurrent = isConcurrent
    this.budget = new RestartBudget(timers)
    this.lasting = lastingStreams(plan)
    this.accumulators = new Accumulators(plan)
    this.reworks = new ReworkLedger((stream) => plan.streams[stream]?.node ?? '')
    this.pool = new ExecutorPool(plan, timers, deadlineMs)
  }

  readonly limitOf: SampleLimit = (node) => (node === this.watched.node ? this.watched.limit : USUAL_SAMPLE)

  /** Fails: the message of what the functions threw, or that executors were lost over them too often */
  async attach(links: readonly ExecutorLink[]): Promise<Result<void, string>> {
    const loaded = await this.pool.attach(links, this.options.allocation.executors)
    if (loaded.ok) {
      this.hasLoaded = true
      return loaded
    }
    const { message, isRefused } = loaded.error
    // What loaded once loads again: these died over it, as others do over a batch.
    const mayRestart = this.hasLoaded && !isRefused && !this.isStopped && this.budget.spend()
    if (!mayRestart) return err(message)
    this.options.listener.onExecutorsLost({ kind: 'gone', reason: message })
    return ok(undefined)
  }

  forget(rdds: Iterable<RddHandle>): void {
    this.pool.told?.forget(rdds)
    this.reworks.forget(rdds)
    this.snapshots.forget(rdds)
  }

  watch(node: string | undefined, limit: number): void {
    const { aliases } = this.options.plan
    this.watched = { node: node === undefined ? undefined : (aliases[node] ?? node), limit }
  }

  recover(wasFinished: (timeMs: number) => boolean): void {
    this.accumulators.recover()
    this.reworks.recover(wasFinished)
  }

  stop(): void {
    this.isStopped = true
    this.pool.stop()
  }

  release(): Promise<readonly ExecutorLink[]> {
    this.isStopped = true
    return this.pool.release()
  }

  /** An executor was ended on demand. False when there is none to lose. */
  kill(executor: number): boolean {
    const { staff } = this.pool
    const isAsked = staff !== undefined && staff.set.unanswered.length > 0
    const loss = staff?.set.kill(executor)
    if (staff === undefined || loss === undefined) return false
    // A job that waits for them hears of it; between two batches nobody does.
    if (!isAsked) this.lose(staff.set, loss)
    return true
  }

  /** All jobs of the batch are over. `isWell`: none failed. */
  ended(batch: RunningBatch, isWell: boolean): void {
    this.options.incidents.batchEnds(batch.rework)
    this.isWell = isWell
    if (!isWell) return
    this.reworks.note(batch.told)
    const { numRecords, processingDelayMs = 0, executors } = batch.info
    // What new executors make again is no measure, nor is what runs step by step.
    if (executors === undefined || batch.rework !== undefined || this.isTraced) return
    this.options.allocation.batchEnded({
      records: numRecords,
      processingMs: processingDelayMs,
      executors: executors.count,
    })
  }

  /** Those that run the next job; undefined where there is no choice. */
  get staffing(): BatchExecutors | undefined {
    const { staff } = this.pool
    if (staff === undefined || staff.set.size < 2) return undefined
    return { count: staff.executors, of: staff.set.size, why: this.options.allocation.why }
  }

  /** Whether `reallocate` has something to do. */
  get isReallocationDue(): boolean {
    return (
      this.isWell &&
      !this.isTraced &&
      !this.isStopped &&
      this.pool.staff !== undefined &&
      this.options.allocation.wish !== undefined
    )
  }

  /** Has more executors take part from now on, or fewer. To be called while no job runs and no batch is half done. */
  async reallocate(): Promise<void> {
    const { allocation, timers } = this.options
    const { staff } = this.pool
    const { wish } = allocation
    if (staff === undefined || wish === undefined) return
    const { set, told, executors } = staff
    const startMs = timers.now()
    told.keepOnly(this.lasting)
    const forget = told.takeForgotten()
    const to = Math.min(wish.executors, set.size)
    const answer = await set.move({ from: executors, to, forget, most: wish.mostRecords }, MOVE_DEADLINE_MS)
    const { done, records } = answer.ok ? answer.value : { done: false, records: 0 }
    if (done) staff.executors = to
    allocation.moved({ done, records, tookMs: timers.now() - startMs })
    if (!answer.ok && !this.isStopped) this.lose(set, answer.error)
  }

  /** Runs a job until executors answer, or two sets of them in a row did not. Those that were killed on demand do not count. */
  async execute(batch: RunningBatch, job: GeneratedJob): Promise<Executed> {
    const { plan } = this.options
    const { timeMs } = batch.set
    for (let losses = 0; ; ) {
      const done = this.isTraced ? await this.alone() : () => {}
      const staff = await this.pool.ready()
      if (staff === undefined) return { outcome: failed(plan, timeMs, job.output, stoppedLoss) }
      const traced = this.isTraced
      const answer = await this.order(staff, batch, job)
      done()
      if (answer.ok) {
        const outcome = mergeReplies(plan, timeMs, job.output, answer.value)
        this.accumulators.add(answer.value, outcome.jobs)
        this.snapshots.take(answer.value)
        if (batch.jobsLeft === 1) this.isTraced = false
        return { outcome }
      }
      const loss = answer.error
      const outcome = failed(plan, timeMs, job.output, loss)
      if (this.isStopped) return { outcome }
      const mayRestart = this.lose(staff.set, loss)
      if (loss.kind !== 'killed') losses += 1
      // A traced job that hangs has named its step; any other loss gives the job another chance on new executors.
      const { node } = loss
      if (traced && loss.kind === 'deadline' && node !== undefined) return { outcome, hung: { ...loss, node } }
      if (!mayRestart || losses > 2) return { outcome }
    }
  }

  private async order(
    { set, told, executors }: Staff,
    batch: RunningBatch,
    job: GeneratedJob,
  ): ReturnType<ExecutorSet['run']> {
    const { slow, deadlineMs, incidents } = this.options
    const { timeMs } = batch.set
    if (batch.isNewTo(set)) incidents.batchBegins(timeMs)
    const telling = told.tell(job)
    const { rdds } = telling
    this.snapshots.note(rdds)
    const forget = told.takeForgotten()
    const again = this.reworks.isAgain(timeMs, rdds)
    const options = {
      timeMs,
      executors,
      keep: { usual: USUAL_SAMPLE, node: this.watched.node, watched: this.watched.limit },
      traced: this.isTraced,
      ...(this.isConcurrent ? { beside: set.unanswered } : {}),
      ...this.accumulators.orderPart(),
      ...(again ? { account: true as const } : {}),
      ...slow.orderPart(),
      wholes: this.options.wholes?.(rdds) ?? [],
    }
    // All records of a node that somebody looks at are wanted, and a traced job goes step by step: both need the lines as text.
    const encode = this.isTraced || this.watched.node !== undefined ? undefined : set.encode
    const { byteStreams = [] } = this.options.plan
    const order = (index: number, seq: number): BatchOrder =>
      orderFor(job, telling, forget, { ...options, encode, byteStreams, index, seq })
    const answer = await set.run(executors, order, deadlineMs)
    if (!answer.ok) return answer
    batch.note(answer.value, rdds)
    if (again) batch.rework = this.reworks.rework(timeMs, rdds, answer.value)
    return answer
  }

  /** These executors are of no more use. Gives whether others may take their place. Several jobs may lose the same ones: that is one loss. */
  private lose(set: ExecutorSet, loss: Loss): boolean {
    if (this.lost?.set === set) return this.lost.mayRestart
    const { incidents, listener } = this.options
    const onDemand = loss.kind === 'killed'
    const { reason, kind: _kind, ...where } = loss
    incidents.executorsLost({ executors: set.size, reason, ...where }, { onDemand })
    this.reworks.lost()
    this.options.slow.end()
    this.snapshots.clear()
    if (!onDemand) this.isTraced = true
    // Others may be there already, or on their way: whoever brought them need not be asked for more.
    const isMissing = this.pool.lose(set)
    const mayRestart = onDemand || this.budget.spend()
    this.lost = { set, mayRestart }
    if (!mayRestart) this.options.onGivenUp(loss)
    else if (isMissing) listener.onExecutorsLost(loss)
    return mayRestart
  }

  /** Waits until no other job is alone; the value says that this one is no longer. */
  private async alone(): Promise<() => void> {
    const before = this.lonely
    let done = (): void => {}
    this.lonely = new Promise((resolve) => {
      done = resolve
    })
    await before
    return done
  }
}
