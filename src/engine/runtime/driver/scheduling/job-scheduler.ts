import type { Plan } from '#engine/compile/plan.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { invariant } from '#engine/model/invariant.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { orderFor, Told } from '#engine/runtime/driver/executors/batch-order.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { ExecutorSet, type Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import { RestartBudget } from '#engine/runtime/driver/executors/restart-budget.ts'
import type { IncidentLog } from '#engine/runtime/driver/faults/incident-log.ts'
import { ReworkLedger } from '#engine/runtime/driver/faults/rework-ledger.ts'
import type { SlowPartitions } from '#engine/runtime/driver/faults/slow-partitions.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import { saveOutputs } from '#engine/runtime/driver/files/save-outputs.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { FigureLedger } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import { sendOutputs } from '#engine/runtime/driver/sinks/send-outputs.ts'
import type { SinkSet } from '#engine/runtime/driver/sinks/sink-set.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import { Accumulators } from './accumulators.ts'
import { completedInfo, startedInfo, submittedInfo } from './batch-record.ts'
import { type Executed, failed, stoppedLoss } from './executed.ts'
import type { JobSet } from './job-set.ts'
import { type BatchOutcome, mergeReplies } from './merge-replies.ts'

/** Sample records per node and batch when nobody looks closer. */
export const USUAL_SAMPLE = 20

export interface SchedulerOptions {
  readonly plan: Plan
  readonly timers: Timers
  readonly listener: RunListener
  readonly files: OutputFiles
  readonly sinks: SinkSet
  readonly ledger: FigureLedger
  /** Wall ms that a batch may take on the executors before they count as hung. */
  readonly deadlineMs: number
  /** Which partitions of these new RDDs are wanted whole, for the checkpoint. */
  wholes?(rdds: readonly RddHandle[]): NonNullable<BatchOrder['wholes']>
  readonly incidents: IncidentLog
  /** What executors are asked beside a batch. */
  readonly slow: SlowPartitions
  /** A batch is done, with what it left to be kept. */
  onCompleted(set: JobSet, outcome: BatchOutcome, rdds: readonly RddHandle[], info: BatchInfo): void
  /** The queue has run empty. */
  onIdle(): void
  /** Executors were lost too often: the run cannot go on. */
  onGivenUp(loss: Loss): void
  /** Something that cannot be has happened: the run must end and say so. */
  onBroken(thrown: unknown): void
}

interface Queued {
  readonly set: JobSet
  readonly info: BatchInfo
}

/** Runs batches one after another, each batch's output operations in order of registration.
 *  Source: JobScheduler with spark.streaming.concurrentJobs = 1; dstream-semantics §9 */
export class JobScheduler {
  private readonly options: SchedulerOptions
  private readonly queue: Queued[] = []
  private readonly budget: RestartBudget
  private readonly accumulators: Accumulators
  private readonly reworks: ReworkLedger
  private executors: { readonly set: ExecutorSet; readonly told: Told } | undefined
  /** Executors that load the functions. */
  private loading: ExecutorSet | undefined
  private waiting: (() => void) | undefined
  private running = false
  private stopped = false
  /** After a loss batches are traced, so that the next loss names the step; until one has gone well. */
  private traced = false
  private watched: { readonly node: string | undefined; readonly limit: number } = {
    node: undefined,
    limit: USUAL_SAMPLE,
  }

  constructor(options: SchedulerOptions) {
    this.options = options
    this.budget = new RestartBudget(options.timers)
    this.accumulators = new Accumulators(options.plan)
    this.reworks = new ReworkLedger((stream) => options.plan.streams[stream]?.node ?? '')
  }

  /** Batches that wait, the running one included. */
  get size(): number {
    return this.queue.length
  }

  /** Puts a set of executors to work; one before it counts as gone.
   *  Fails: the message of what the plan's functions threw while they were loaded */
  async attach(links: readonly ExecutorLink[]): Promise<Result<void, string>> {
    this.executors?.set.abandon()
    this.executors = undefined
    this.loading?.abandon()
    const set = new ExecutorSet(links, this.options.timers)
    this.loading = set
    const loaded = set.size === 0 ? ok(undefined) : await set.load(this.options.plan, this.options.deadlineMs)
    // Others took their place while they loaded; what became of these is of no matter.
    if (this.loading !== set) return ok(undefined)
    this.loading = undefined
    if (!loaded.ok || this.stopped) {
      set.abandon()
      return loaded
    }
    this.executors = { set, told: new Told() }
    this.waiting?.()
    return loaded
  }

  submit(set: JobSet): void {
    if (this.stopped) return
    const info = submittedInfo(this.options.plan, set)
    this.options.listener.onBatch(info)
    this.queue.push({ set, info })
    void this.drain()
  }

  forget(rdds: Iterable<RddHandle>): void {
    this.executors?.told.forget(rdds)
    this.reworks.forget(rdds)
  }

  /** An executor was ended on demand. False when there is none to lose. */
  kill(executor: number): boolean {
    const { executors } = this
    const isAsked = executors?.set.isAsked === true
    const loss = executors?.set.kill(executor)
    if (executors === undefined || loss === undefined) return false
    // A batch that waits for them hears of it; between two batches nobody does.
    if (!isAsked) this.lose(executors.set, loss)
    return true
  }

  watch(node: string | undefined, limit: number): void {
    const { aliases } = this.options.plan
    this.watched = { node: node === undefined ? undefined : (aliases[node] ?? node), limit }
  }

  /** The run goes on from a checkpoint. */
  recover(wasFinished: (timeMs: number) => boolean): void {
    this.accumulators.recover()
    this.reworks.recover(wasFinished)
  }

  /** Queued batches are dropped. */
  stop(): void {
    this.stopped = true
    this.queue.length = 0
    this.executors?.set.abandon()
    this.waiting?.()
  }

  /** As `stop`, and gives the executors away when they have answered what they were asked. */
  async release(): Promise<readonly ExecutorLink[]> {
    this.stopped = true
    this.queue.length = 0
    this.loading?.abandon()
    this.waiting?.()
    return (await this.executors?.set.release()) ?? []
  }

  private async drain(): Promise<void> {
    if (this.running) return
    this.running = true
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      try {
        await this.runOne(next)
      } catch (thrown) {
        this.options.onBroken(thrown)
        return
      }
      if (this.stopped) return
      this.queue.shift()
    }
    this.running = false
    this.options.onIdle()
  }

  private async runOne({ set, info }: Queued): Promise<void> {
    const { plan, timers, listener } = this.options
    // No core is free for tasks: the batch waits, as in Spark, until the run is stopped.
    if (plan.executors === 0) return this.untilStopped()
    await this.haveExecutors()
    if (this.stopped) return
    const started = startedInfo(info, timers.now())
    listener.onBatch(started)
    const { outcome: executed, rdds, rework } = await this.execute(set)
    this.options.incidents.batchEnds(rework)
    if (this.stopped) return
    const saved = await saveOutputs(executed, plan, this.options.files, timers)
    if (this.stopped) return
    const { sinks, ledger } = this.options
    const sent = await sendOutputs(saved, { plan, sinks, timers, mayRepeat: set.recovered })
    if (this.stopped) return
    const outcome = { ...sent, data: ledger.take(sent.data) }
    const completed = completedInfo(started, timers.now(), outcome.jobs)
    for (const failure of outcome.data.failures) listener.onFailure(failure)
    this.options.onCompleted(set, outcome, rdds, completed)
    const accumulators = this.accumulators.totals()
    listener.onBatchCompleted(completed, accumulators === undefined ? outcome.data : { ...outcome.data, accumulators })
  }

  /** Runs a batch until executors answer, or two sets of them in a row did not. Those that were killed on demand do not count. */
  private async execute(set: JobSet): Promise<Executed> {
    const { plan, deadlineMs, incidents, slow } = this.options
    for (let losses = 0; ; ) {
      await this.haveExecutors()
      if (this.stopped || this.executors === undefined) return failed(plan, set, stoppedLoss)
      incidents.batchBegins(set.timeMs)
      const { set: executors, told } = this.executors
      const rdds = told.tell(set)
      const forget = told.takeForgotten()
      const keep = { usual: USUAL_SAMPLE, node: this.watched.node, watched: this.watched.limit }
      const { traced } = this
      const again = this.reworks.isAgain(set.timeMs, rdds)
      const asked = {
        ...this.accumulators.orderPart(),
        ...(again ? { account: true as const } : {}),
        ...slow.orderPart(),
        wholes: this.options.wholes?.(rdds) ?? [],
      }
      const answer = await executors.run(
        (index, seq) => orderFor(set, rdds, forget, { index, executors: executors.size, seq, keep, traced, ...asked }),
        deadlineMs,
      )
      const limitOf = (node: string): number => (node === keep.node ? keep.watched : keep.usual)
      const made = new Set(rdds.filter(({ spec }) => spec.timeMs === set.timeMs).map(({ spec }) => spec.stream))
      if (answer.ok) {
        const outcome = mergeReplies(plan, set.timeMs, answer.value, made, limitOf)
        this.accumulators.add(answer.value, outcome.jobs)
        this.traced = false
        const rework = again ? { rework: this.reworks.rework(set.timeMs, rdds, answer.value) } : {}
        if (outcome.data.failures.length === 0) this.reworks.note(rdds)
        return { outcome, rdds, ...rework }
      }
      if (this.stopped) return failed(plan, set, answer.error)
      const mayRestart = this.lose(executors, answer.error)
      if (answer.error.kind !== 'killed') losses += 1
      // A traced batch that hangs has named its step; any other loss gives the batch another chance on new executors.
      const isNamed = traced && answer.error.kind === 'deadline' && answer.error.node !== undefined
      if (!mayRestart || isNamed || losses > 2) return failed(plan, set, answer.error)
    }
  }

  /** These executors are of no more use. Gives whether others may take their place. */
  private lose(executors: ExecutorSet, loss: Loss): boolean {
    const { incidents, listener } = this.options
    const onDemand = loss.kind === 'killed'
    const { reason, kind: _kind, ...where } = loss
    incidents.executorsLost({ executors: executors.size, reason, ...where }, { onDemand })
    this.reworks.lost()
    if (!onDemand) this.traced = true
    // Others may be there already, or on their way: whoever brought them need not be asked for more.
    if (this.executors?.set === executors) this.executors = undefined
    const isReplaced = this.executors !== undefined || this.loading !== undefined
    const mayRestart = onDemand || this.budget.spend()
    if (!mayRestart) this.options.onGivenUp(loss)
    else if (!isReplaced) listener.onExecutorsLost(loss)
    return mayRestart
  }

  private async haveExecutors(): Promise<void> {
    while (this.executors === undefined && !this.stopped) await this.untilWoken()
  }

  private async untilStopped(): Promise<void> {
    while (!this.stopped) await this.untilWoken()
  }

  private untilWoken(): Promise<void> {
    invariant(this.waiting === undefined, 'one batch at a time waits')
    return new Promise((resolve) => {
      this.waiting = () => {
        this.waiting = undefined
        resolve()
      }
    })
  }
}
