import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Plan, PlanStream } from '#engine/compile/plan.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import { stageKernel } from '#engine/runtime/executor/compute/kernel.ts'
import { LoadedPlan, type Loop, type UserFunction } from '#engine/runtime/executor/compute/loaded-plan.ts'
import { Meter } from '#engine/runtime/executor/jobs/meter.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { MemoryLedger } from '#engine/runtime/executor/memory/memory-ledger.ts'
import { PackedLoops } from '#engine/runtime/executor/packed/packed-loops.ts'
import { BatchEvaluation } from '#engine/runtime/executor/rdds/batch-evaluation.ts'
import { makeToldRdd } from '#engine/runtime/executor/rdds/make-rdd.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { Straggler } from '#engine/runtime/executor/rdds/straggler.ts'
import { KeptPartitions } from '#engine/runtime/executor/state/past-states.ts'
import { printEdit } from '#engine/runtime/executor/state/saved-partition.ts'
import { JobSession } from '#engine/runtime/executor/user/job-session.ts'
import { LogBook } from '#engine/runtime/executor/user/log-book.ts'
import { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import { recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import { WindowStore } from '#engine/runtime/executor/window/window-store.ts'
import type { RddBody, RddId } from '#engine/runtime/rdd-spec.ts'
import type { Payload } from '#engine/runtime/wire.ts'

/** A pipeline of a source and windows over it as a plan. */
export function planOf(
  nodes: Readonly<Record<string, readonly [op: string, params: object]>>,
  partitions: number,
): Plan {
  const pipeline = parsePipeline({
    format: 'sluice/1',
    name: 'windows',
    settings: { batchMs: 1000, checkpoint: true, conf: { 'spark.default.parallelism': partitions } },
    nodes: [
      { id: 'rows', op: 'manualStream', params: {}, at: [0, 0] },
      { id: 'pairs', op: 'map', params: { fn: 'pair => pair' }, at: [0, 0] },
      ...Object.entries(nodes).map(([id, [op, params]]) => ({ id, op, params, at: [0, 0] })),
      ...Object.keys(nodes).map((id) => ({ id: `${id}Out`, op: 'print', params: {}, at: [0, 0] })),
    ],
    edges: [
      { from: 'rows', to: 'pairs' },
      ...Object.keys(nodes).flatMap((id) => [
        { from: 'pairs', to: id },
        { from: id, to: `${id}Out` },
      ]),
    ],
  })
  const plan = pipeline.ok ? lowerPipeline(pipeline.value, { machineCores: 1 }) : pipeline
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  return plan.value
}

interface LoneOptions {
  importModule(text: string): Promise<Record<string, unknown>>
  /** What functions may call under this name. */
  readonly bc?: unknown
  /** false: everything goes by pairs. */
  readonly isByColumn?: boolean
  /** See WindowStore. */
  readonly spareIds?: number
}

/** One executor that evaluates the RDDs it is told one by one, outside of any run. */
export class LoneExecutor {
  readonly plan: Plan
  private readonly loaded: LoadedPlan
  private readonly windows: WindowStore
  private readonly rdds = new Map<RddId, Rdd>()
  private seq = 0

  private constructor(plan: Plan, loaded: LoadedPlan, isByColumn: boolean, spareIds: number | undefined) {
    this.plan = plan
    this.loaded = loaded
    // Without streams it knows no windows: all goes by pairs.
    this.windows = new WindowStore(isByColumn ? plan.streams : [], spareIds)
  }

  static async start(
    plan: Plan,
    { importModule, bc, isByColumn = true, spareIds }: LoneOptions,
  ): Promise<LoneExecutor> {
    const makeFunctions = (await importModule(plan.functionsText)).default as (
      ...scope: unknown[]
    ) => Readonly<Record<string, UserFunction>> // see functions-module.ts
    const makeLoops = (await importModule(plan.stagesText)).default as (
      functions: unknown,
      kernel: unknown,
    ) => Readonly<Record<string, Loop>> // see stages-module.ts
    const functions = makeFunctions(console, undefined, bc, undefined)
    const packed = new PackedLoops({}, undefined)
    const loaded = new LoadedPlan(plan, functions, makeLoops(functions, stageKernel), packed)
    return new LoneExecutor(plan, loaded, isByColumn, spareIds)
  }

  add(
    id: RddId,
    stream: PlanStream,
    timeMs: number,
    body: RddBody,
    payloads: ReadonlyMap<number, Payload> = new Map(),
  ): void {
    const spec = { id, stream: stream.id, timeMs, checkpoint: false, body }
    this.rdds.set(
      id,
      makeToldRdd(spec, stream, (parent) => this.rddOf(parent), payloads, 1),
    )
  }

  /** Says what an RDD's first partition holds. */
  keep(id: RddId, records: Records): void {
    this.rddOf(id).kept = new KeptPartitions([[0, records]])
  }

  /** Makes an RDD and gives its first records, as a job does that prints them. */
  async make(id: RddId, most = 11): Promise<Records> {
    const rdd = this.rddOf(id)
    const evaluation = this.evaluation(rdd.spec.timeMs)
    await evaluation.prepare(rdd)
    return [...evaluation.heldOf(rdd).values()].flatMap((held) => held.slice(0, most))
  }

  forget(id: RddId): void {
    this.rdds.delete(id)
  }

  /** What an RDD holds by partition, and its edits, as text; or how it fails. */
  async read(id: RddId): Promise<string> {
    const rdd = this.rddOf(id)
    const evaluation = this.evaluation(rdd.spec.timeMs)
    try {
      await evaluation.prepare(rdd)
      const partitions = [...evaluation.heldOf(rdd)].map(([partition, held]) => ({
        partition,
        count: held.length,
        first: encodeTagged(held.slice(0, 2)),
        records: encodeTagged(recordsOf(held)),
        edit: printEdit(rdd.stream.spec.kind, recordsOf(held), rdd.edits.get(partition)),
      }))
      return JSON.stringify(partitions)
    } catch (failure) {
      if (failure instanceof JobFailure) return JSON.stringify(failure.report)
      throw failure
    }
  }

  private evaluation(timeMs: number): BatchEvaluation {
    const order = {
      seq: this.seq++,
      timeMs,
      traced: false,
      keep: { usual: 3, node: undefined, watched: 3 },
    }
    return new BatchEvaluation({
      plan: this.loaded,
      executor: 0,
      executors: 1,
      exchange: {
        swap: async (outcome) => {
          if (outcome instanceof JobFailure) throw outcome
          return [...outcome].sort((a, b) => a.to - b.to || a.from - b.from)
        },
      },
      meter: new Meter(order),
      session: new JobSession(new SharedVariables([], []), new LogBook(), {}),
      straggler: new Straggler(order, () => 0),
      windows: this.windows,
      memory: new MemoryLedger(Number.POSITIVE_INFINITY, 0),
      order,
      trace: () => {},
    })
  }

  private rddOf(id: RddId): Rdd {
    const rdd = this.rdds.get(id)
    if (rdd === undefined) throw new Error(`RDD ${id} is known`)
    return rdd
  }
}
