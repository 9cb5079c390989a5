import type { Plan } from '#engine/compile/plan.ts'
import type { BatchData, NodeBatch, OutputBatch } from '#engine/model/batch-data.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Json } from '#engine/model/json.ts'
import type { OutputAction, StreamId } from '#engine/operator/stream-spec.ts'
import { type UnsavedFiles, unsavedFiles } from '#engine/runtime/driver/files/unsaved-files.ts'
import { mergeMeasures } from '#engine/runtime/driver/outputs/merge-measures.ts'
import { type UnsentRecords, unsentRecords } from '#engine/runtime/driver/sinks/unsent-records.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { FailureReport, JobReport, NodeReport, Reply, SnapshotReport } from '#engine/runtime/wire.ts'
import { mergeLogs } from './merge-logs.ts'
import { mergeLook } from './merge-look.ts'

/** What one output operation came to over all executors. */
export interface JobOutcome {
  readonly output: number
  readonly failure: FailureReport | undefined
}

/** What came back of an RDD that is to be saved. */
export interface SnapshotShares {
  /** Of the whole RDD. */
  readonly partitions: number
  readonly partitioner: number | undefined
  readonly shares: readonly SnapshotReport[]
}

/** What jobs of a batch came to: one of them, or all. */
export interface BatchOutcome {
  /** In the order in which they ended. */
  readonly jobs: readonly JobOutcome[]
  /** What is to be saved before the jobs are over. */
  readonly files: readonly UnsavedFiles[]
  /** What is to be sent after that. */
  readonly unsent: readonly UnsentRecords[]
  readonly data: BatchData
}

/** Sample records per node and batch when nobody looks closer. */
export const USUAL_SAMPLE = 20

/** First records that are wanted of a node; of one that is looked at more than USUAL_SAMPLE. */
export type SampleLimit = (node: string) => number

/** Puts the executors' shares of one output operation together, partitions in order. What they tell of the batch's nodes is not in it: see
 *  joinOutcomes. */
export function mergeReplies(plan: Plan, timeMs: number, output: number, replies: readonly Reply[]): BatchOutcome {
  const spec = plan.outputs[output]
  invariant(spec !== undefined, `the plan has an output ${output}`)
  const reports = replies.flatMap((reply) => reply.jobs.filter((job) => job.output === output))
  const failure = firstFailure(reports)
  const jobs = [{ output, failure }]
  if (failure !== undefined) {
    const lines = reports.flatMap((job) => job.lines)
    const data = { id: output, node: spec.node, partitions: [], rows: [], lines, ...logsOf(reports), more: false }
    return {
      jobs,
      files: [],
      unsent: [],
      data: { timeMs, nodes: {}, outputs: [data], failures: [{ timeMs, ...failure }] },
    }
  }
  const { node, action } = spec
  return {
    jobs,
    files: action.kind === 'save' ? [unsavedFiles(action, timeMs, output, reports)] : [],
    unsent: action.kind === 'send' ? [unsentRecords(action, output, reports)] : [],
    data: { timeMs, nodes: {}, outputs: [mergeOutput(output, node, action, reports)], failures: [] },
  }
}

interface Told {
  readonly replies: readonly Reply[]
  readonly made: ReadonlySet<StreamId>
  readonly sampleLimitOf: SampleLimit
}

/** What all jobs of a batch came to, as they ended. Nodes that the plan does not have are left out.
 *  `made`: streams that have an RDD in this batch, which may be one without partitions. */
export function joinOutcomes(plan: Plan, timeMs: number, outcomes: readonly BatchOutcome[], told: Told): BatchOutcome {
  const failures = distinct(outcomes.flatMap(({ data }) => data.failures))
  return {
    jobs: outcomes.flatMap(({ jobs }) => jobs),
    files: [],
    unsent: [],
    data: {
      timeMs,
      nodes: mergeNodes(plan, timeMs, failures.length === 0 ? told : { ...told, made: new Set() }),
      outputs: outcomes.flatMap(({ data }) => data.outputs).sort((a, b) => a.id - b.id),
      failures,
    },
  }
}

function mergeOutput(id: number, node: string, action: OutputAction, reports: readonly JobReport[]): OutputBatch {
  const byPartition = reports.flatMap((job) => job.rows).sort((a, b) => a.partition - b.partition)
  const all = byPartition.flatMap((rows) => rows.records)
  const limit = action.kind === 'take' ? action.num : action.kind === 'rows' ? action.limit : all.length
  const totals = reports.map((job) => job.total).filter((total) => total !== undefined)
  const partitions = byPartition.map((rows) => rows.records.length)
  const total = totals.reduce((sum, each) => sum + each, 0)
  const lines = reports.flatMap((job) => job.lines)
  const rows = all.slice(0, limit)
  const more = totals.length > 0 ? total > rows.length : all.length > limit
  const figures = action.kind === 'measure' ? { figures: mergeMeasures(action, reports) } : {}
  return {
    id,
    node,
    partitions,
    rows,
    lines,
    ...logsOf(reports),
    more,
    ...(totals.length > 0 ? { total } : {}),
    ...figures,
  }
}

function logsOf(reports: readonly JobReport[]): Pick<OutputBatch, 'logs'> {
  const logs = mergeLogs(reports)
  return logs === undefined ? {} : { logs }
}

function mergeNodes(plan: Plan, timeMs: number, { replies, made, sampleLimitOf }: Told): Record<string, NodeBatch> {
  const reports = new Map<string, NodeReport['partitions'][number][]>()
  for (const { node, partitions } of replies.flatMap((reply) => reply.nodes)) {
    const known = reports.get(node)
    if (known === undefined) reports.set(node, [...partitions])
    else known.push(...partitions)
  }
  const nodes = new Map<string, NodeBatch>()
  for (const { id, node } of plan.streams.filter((stream) => stream.visible)) {
    const partitions = reports.get(node) ?? []
    if (partitions.length === 0 && !made.has(id)) continue
    partitions.sort((a, b) => a.partition - b.partition)
    // Executors that take the place of others tell again what those had told.
    const told = partitions.filter(({ partition }, index) => partitions[index - 1]?.partition !== partition)
    const sample: Json[] = []
    for (const each of told) sample.push(...each.sample.slice(0, USUAL_SAMPLE - sample.length))
    const limit = sampleLimitOf(node)
    const records = told.reduce((sum, each) => sum + each.records, 0)
    nodes.set(node, {
      partitions: told.map((each) => each.records),
      records,
      sample,
      ...(limit > USUAL_SAMPLE && records > sample.length ? { look: mergeLook(timeMs, told, limit) } : {}),
    })
  }
  for (const [alias, node] of Object.entries(plan.aliases)) {
    const batch = nodes.get(node)
    if (batch !== undefined) nodes.set(alias, batch)
  }
  return Object.fromEntries(nodes)
}

export function mergeSnapshots(replies: readonly Pick<Reply, 'snapshots'>[]): Map<RddId, SnapshotShares> {
  const snapshots = new Map<RddId, { partitions: number; partitioner: number | undefined; shares: SnapshotReport[] }>()
  for (const share of replies.flatMap((reply) => reply.snapshots)) {
    const { rdd, partitions, partitioner } = share
    const known = snapshots.get(rdd) ?? { partitions, partitioner, shares: [] }
    known.shares.push(share)
    snapshots.set(rdd, known)
  }
  return snapshots
}

/** The same failure reaches every executor of an exchange, and every job that needs the same RDD. */
function distinct(failures: readonly BatchData['failures'][number][]): BatchData['failures'] {
  return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()]
}

function firstFailure(reports: readonly JobReport[]): FailureReport | undefined {
  return reports.find((job) => job.failure !== undefined)?.failure
}
