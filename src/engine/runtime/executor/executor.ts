import type { Plan } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import { Exchange } from '#engine/runtime/executor/exchange/exchange.ts'
import { BatchShares } from '#engine/runtime/executor/jobs/batch-shares.ts'
import { SnapshotReporter } from '#engine/runtime/executor/jobs/report-snapshots.ts'
import { runJob } from '#engine/runtime/executor/jobs/run-job.ts'
import { MemoryLedger } from '#engine/runtime/executor/memory/memory-ledger.ts'
import { BatchEvaluation } from '#engine/runtime/executor/rdds/batch-evaluation.ts'
import { makeToldRdd } from '#engine/runtime/executor/rdds/make-rdd.ts'
import { type Moved, moveRdds } from '#engine/runtime/executor/rdds/move-rdds.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { JobSession } from '#engine/runtime/executor/user/job-session.ts'
import type { LogBook } from '#engine/runtime/executor/user/log-book.ts'
import type { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import { WindowStore } from '#engine/runtime/executor/window/window-store.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { BatchOrder, JobReport, MoveOrder, Payload, Reply } from '#engine/runtime/wire.ts'
import type { ExecutorHost } from './executor-host.ts'

/** One executor: its share of the lineage, and the jobs it runs. Where one waits for its peers, another one goes on. */
export class Executor {
  private readonly host: ExecutorHost
  private readonly plan: LoadedPlan
  private readonly log: LogBook
  private readonly shared: SharedVariables
  private readonly exchange: Exchange
  private rdds: Map<RddId, Rdd> = new Map()
  private readonly shares: BatchShares
  private readonly snapshots: SnapshotReporter
  private windows: WindowStore
  private readonly memory: MemoryLedger

  constructor(host: ExecutorHost, plan: LoadedPlan, log: LogBook, shared: SharedVariables) {
    this.host = host
    this.plan = plan
    this.log = log
    this.shared = shared
    this.exchange = new Exchange(host)
    this.snapshots = new SnapshotReporter(host.index, (id) => this.rdds.get(id))
    this.windows = new WindowStore(plan.plan.streams)
    this.memory = new MemoryLedger(plan.plan.executorMemoryBytes, host.index)
    this.shares = new BatchShares(() => host.now())
  }

  /** The output operations of its plan. */
  get outputs(): Plan['outputs'] {
    return this.plan.plan.outputs
  }

  /** Runs one job. Orders come in the same order to all executors, and each is taken down before anything else happens. */
  async run(order: BatchOrder, trace: (node: string) => void): Promise<Reply> {
    const rdd = this.register(order)
    const [{ output }] = order.jobs
    const spec = this.plan.plan.outputs[output]
    invariant(spec !== undefined, `output ${output} is in the plan`)
    const { meter, straggler } = this.shares.take(order)
    const session = new JobSession(this.shared, this.log, order)
    const evaluation = new BatchEvaluation({
      plan: this.plan,
      executor: this.host.index,
      executors: order.executors,
      exchange: this.exchange.ofJob(order.seq, order.executors),
      meter,
      straggler,
      windows: this.windows,
      memory: this.memory,
      session,
      order,
      trace,
    })
    const result = await runJob(spec, rdd, evaluation)
    session.leave()
    const { logs } = session
    const added = result.failure === undefined ? session.ledger.added() : undefined
    const { reports: snapshots, pieces, failure } = this.snapshots.report(order)
    // A state that cannot be stored fails the job at hand, as a checkpoint that fails does.
    const job: JobReport = {
      output,
      ...(failure === undefined ? {} : { failure }),
      ...result,
      ...(added === undefined ? {} : { added }),
      ...(logs === undefined ? {} : { logs }),
    }
    const made = order.account === true ? { made: evaluation.madeReport() } : {}
    const bytes = Math.round(this.memory.total())
    const kept = bytes === 0 ? {} : { kept: bytes }
    const nodes = this.shares.giveBack(order.timeMs)
    return {
      timeMs: order.timeMs,
      jobs: [job],
      nodes,
      snapshots,
      ...(pieces.length === 0 ? {} : { pieces }),
      ...kept,
      ...made,
    }
  }

  /** Hands what is kept over to the executors that take part from now on. No job runs. */
  async move(order: MoveOrder): Promise<Moved> {
    for (const id of order.forget) this.rdds.delete(id)
    this.memory.forget(order.forget)
    const { index } = this.host
    const exchange = this.exchange.ofJob(order.seq, Math.max(order.from, order.to))
    const held = { rdds: this.rdds, awaited: this.snapshots.awaited }
    const outcome = await moveRdds(held, order, { index, exchange, stream: (id) => this.plan.stream(id) })
    if (outcome.held !== undefined) {
      this.rdds = outcome.held.rdds
      this.memory.recount(this.rdds.values())
      this.windows = new WindowStore(this.plan.plan.streams)
      this.snapshots.awaited = outcome.held.awaited
      this.snapshots.frozen.clear()
    }
    return { done: outcome.held !== undefined, records: outcome.records }
  }

  /** Takes the new RDDs down, and gives the one of the job. */
  private register({ rdds, blocks, forget, executors, jobs: [job] }: BatchOrder): Rdd {
    for (const id of forget) this.rdds.delete(id)
    this.memory.forget(forget)
    const payloads = new Map<RddId, Map<number, Payload>>()
    for (const { rdd, partition, payload } of blocks)
      payloads.set(rdd, (payloads.get(rdd) ?? new Map()).set(partition, payload))
    for (const spec of rdds) {
      const stream = this.plan.stream(spec.stream)
      const own = payloads.get(spec.id) ?? new Map()
      this.rdds.set(
        spec.id,
        makeToldRdd(spec, stream, (id) => this.find(id), own, executors),
      )
    }
    this.snapshots.expect(rdds)
    return this.find(job.rdd)
  }

  private find(id: RddId): Rdd {
    const rdd = this.rdds.get(id)
    invariant(rdd !== undefined, `RDD ${id} is known`)
    return rdd
  }
}
