import type { Plan } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import { Exchange } from '#engine/runtime/executor/exchange/exchange.ts'
import { Meter } from '#engine/runtime/executor/jobs/meter.ts'
import { SnapshotReporter } from '#engine/runtime/executor/jobs/report-snapshots.ts'
import { runJob } from '#engine/runtime/executor/jobs/run-job.ts'
import { BatchEvaluation } from '#engine/runtime/executor/rdds/batch-evaluation.ts'
import { makeRdd } from '#engine/runtime/executor/rdds/make-rdd.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import type { LogBook } from '#engine/runtime/executor/user/log-book.ts'
import type { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import { parentIds, type RddId } from '#engine/runtime/rdd-spec.ts'
import type { BatchOrder, JobReport, Payload, Reply } from '#engine/runtime/wire.ts'
import type { ExecutorHost } from './executor-host.ts'

/** One executor: its share of the lineage, and the batches it runs, one at a time. */
export class Executor {
  private readonly host: ExecutorHost
  private readonly plan: LoadedPlan
  private readonly log: LogBook
  private readonly shared: SharedVariables
  private readonly exchange: Exchange
  private readonly rdds = new Map<RddId, Rdd>()
  private readonly snapshots: SnapshotReporter

  constructor(host: ExecutorHost, plan: LoadedPlan, log: LogBook, shared: SharedVariables) {
    this.host = host
    this.plan = plan
    this.log = log
    this.shared = shared
    this.exchange = new Exchange(host)
    this.snapshots = new SnapshotReporter(host.index, (id) => this.rdds.get(id))
  }

  /** The output operations of its plan. */
  get outputs(): Plan['outputs'] {
    return this.plan.plan.outputs
  }

  /** Runs the jobs of a batch in order. */
  async batch(order: BatchOrder, trace: (node: string) => void): Promise<Reply> {
    this.register(order)
    this.exchange.beginBatch(order.seq)
    this.shared.beginBatch(order)
    const meter = new Meter(order)
    const evaluation = new BatchEvaluation({
      plan: this.plan,
      executor: this.host.index,
      executors: this.host.executors,
      exchange: this.exchange,
      meter,
      shared: this.shared,
      order,
      now: () => this.host.now(),
      trace,
    })
    const began = this.host.now()
    const sinceMs = (): number => this.host.now() - began || 0 // without a clock NaN: no timing
    let jobs: JobReport[] = []
    for (const { output, rdd } of order.jobs) {
      const spec = this.plan.plan.outputs[output]
      invariant(spec !== undefined, `output ${output} is in the plan`)
      const startMs = sinceMs()
      this.shared.beginJob()
      const result = await runJob(spec, this.find(rdd), evaluation, this.log)
      const added = this.shared.endJob(result.failure === undefined)
      jobs.push({ output, startMs, endMs: sinceMs(), ...result, ...(added === undefined ? {} : { added }) })
    }
    const { reports: snapshots, failure } = this.snapshots.report(order)
    // A state that cannot be stored fails every job, as a checkpoint that fails does.
    if (failure !== undefined) jobs = jobs.map((job) => ({ failure, ...job }))
    for (const id of order.forget) this.rdds.delete(id)
    const made = order.account === true ? { made: evaluation.madeReport() } : {}
    return { timeMs: order.timeMs, jobs, nodes: meter.report(), snapshots, ...made }
  }

  private register({ rdds, blocks }: BatchOrder): void {
    const payloads = new Map<RddId, Map<number, Payload>>()
    for (const { rdd, partition, payload } of blocks)
      payloads.set(rdd, (payloads.get(rdd) ?? new Map()).set(partition, payload))
    for (const spec of rdds) {
      const parents = parentIds(spec.body).map((id) => this.find(id))
      this.rdds.set(
        spec.id,
        makeRdd(spec, this.plan.stream(spec.stream), parents, payloads.get(spec.id) ?? new Map(), this.host.executors),
      )
    }
    this.snapshots.expect(rdds)
  }

  private find(id: RddId): Rdd {
    const rdd = this.rdds.get(id)
    invariant(rdd !== undefined, `RDD ${id} is known`)
    return rdd
  }
}
