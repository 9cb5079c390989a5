import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { BatchData, BatchFailure } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { Json } from '#engine/model/json.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import type { LostInput, RecoveryReport } from '#engine/model/run-state.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { type Allocation, fixedAllocation } from '#engine/runtime/driver/executors/allocation.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import type { ConnectSink } from '#engine/runtime/driver/sinks/sink-connection.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import { startInProcess } from '#engine/runtime/executor/in-process.ts'
import { EndingClock } from './ending-clock.ts'
import { importModule } from './import-module.ts'
import { nodeTimers } from './node-timers.ts'

/** Everything a finished run told. */
export interface FinishedRun {
  readonly batches: readonly { readonly info: BatchInfo; readonly data: BatchData }[]
  readonly failures: readonly BatchFailure[]
  readonly warnings: readonly string[]
  readonly lost: readonly LostInput[]
  readonly recovered: RecoveryReport | undefined
  /** Records of a collected node by batch, in partition order; batches without an RDD are absent. */
  recordsOf(
    node: string,
  ): readonly { readonly timeMs: number; readonly partitions: readonly number[]; readonly records: readonly Json[] }[]
}

export interface RunOptions {
  readonly batches: number
  /** Records that replace a source's, by batch. */
  readonly inputs?: Readonly<
    Record<string, { readonly batches: readonly (readonly Json[] | null)[]; readonly partitions?: number }>
  >
  readonly collect?: readonly string[]
  readonly store?: CheckpointStore
  readonly pace?: Pace
  readonly files?: OutputFiles
  /** Stops the driver without any clean-up when this batch is complete. */
  readonly killAfterMs?: number
  readonly connect?: Connect
  /** Where sinks send to; without it they find somebody who takes everything. */
  readonly connectSink?: ConnectSink
  readonly machineCores?: number
  /** How many of the executors run a batch; without it all of them. */
  readonly allocation?: Allocation
  /** In place of virtual time as fast as it goes. */
  readonly clock?: BatchClock
  /** Leaves out the batches of the down time. */
  readonly skipMissed?: boolean
  /** The clock stands still: `drive` steps it. */
  readonly paused?: boolean
  /** Handed the context when it has started. */
  drive?(context: StreamingContext): void
  /** The run ends when this resolves, without any clean-up: a driver that dies. */
  readonly death?: Promise<void>
  /** Called with all that goes wrong. */
  onIncident?(incident: Incident): void
  /** Completed batches are not kept: a run of any length needs the same memory. */
  readonly forget?: boolean
  /** Called within each completed batch. */
  onCompleted?(info: BatchInfo): void
  /** In how many microtasks after this batch has started the executors are lost; new ones are attached. */
  losesAt?(timeMs: number): number | undefined
  /** Stands between the driver and an executor. */
  wrapPort?(port: ExecutorPort): ExecutorPort
  /** Sees every message to the executors. */
  onPost?(executor: number, message: unknown): void
}

/** Runs a document on in-process executors and virtual time, as fast as it goes; recovers when `store` holds a checkpoint. For tests. */
export async function runPipeline(document: unknown, options: RunOptions): Promise<FinishedRun> {
  const pipeline = parsed(document)
  const store = options.store ?? new MemoryCheckpointStore()
  const stored = readStoredRun(await store.read())
  const feeds: Record<string, Feed> = {}
  for (const [node, { batches, partitions = 1 }] of Object.entries(options.inputs ?? {}))
    feeds[node] = { kind: 'indexed', batches, partitions }
  const machineCores = options.machineCores ?? 2
  const plan = lowerPipeline(pipeline, { machineCores, feeds, collect: options.collect ?? [] })
  if (!plan.ok) throw new Error(plan.error.map(printDiagnostic).join('\n'))
  const batches: FinishedRun['batches'][number][] = []
  const failures: BatchFailure[] = []
  const warnings: string[] = []
  const lost: LostInput[] = []
  let recovered: RecoveryReport | undefined
  let ended: () => void = () => {}
  const end = new Promise<void>((resolve) => {
    ended = resolve
  })
  const lastMs = options.batches * pipeline.settings.batchMs
  const finish = (timeMs: number): void => {
    if (timeMs >= Math.min(lastMs, options.killAfterMs ?? lastMs)) ended()
  }
  const listener: RunListener = {
    ...unheard,
    onState: (state, reason) => {
      if (state === 'STOPPED') ended()
      if (reason !== undefined) warnings.push(reason)
    },
    onBatch: (info) => {
      const microtasks = begins(info) ? options.losesAt?.(info.batchTimeMs) : undefined
      if (microtasks !== undefined) void loseIn(microtasks)
    },
    onBatchCompleted: (info, data) => {
      if (options.forget !== true) batches.push({ info, data })
      options.onCompleted?.(info)
      finish(info.batchTimeMs)
    },
    onFailure: (failure) => {
      if (failures.push(failure) > 0 && failure.timeMs >= lastMs) ended()
    },
    onRecovered: (report) => {
      recovered = report
    },
    onExecutorsLost: () => void Promise.resolve().then(attach),
    onIncident: (incident) => options.onIncident?.(incident),
    onLost: (each) => lost.push(each),
    onWarning: (message) => warnings.push(message),
  }
  const timers = nodeTimers
  const clock = options.clock ?? clockOf(options, lastMs, () => ended())
  const context = new StreamingContext({
    pipeline,
    plan: plan.value,
    machineCores,
    clock,
    timers,
    listener,
    ...connectionsOf(options),
    store,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    files: options.files ?? new MemoryOutputFiles(),
    allocation: options.allocation ?? fixedAllocation(plan.value.executors),
  })
  let links: readonly TestLink[] = []
  const attach = async (): Promise<Result<void>> => {
    const ports = startInProcess(plan.value.executors, { importModule, now: () => performance.now() })
    const wrapped = ports.map((port) => options.wrapPort?.(port) ?? port)
    const fresh = wrapped.map((port, index) => linkOf(port, (message) => options.onPost?.(index, message)))
    const attached = await context.attach(fresh)
    links = fresh
    return attached
  }
  const loseIn = async (microtasks: number): Promise<void> => {
    for (let passed = 0; passed < microtasks; passed++) await undefined
    for (const link of links) link.violate()
  }
  must(await attach())
  must(await context.start(stored, { skipMissed: options.skipMissed }))
  options.drive?.(context)
  await Promise.race([end, options.death].filter((each) => each !== undefined))
  if (options.killAfterMs === undefined && options.death === undefined) await context.stop({ graceful: true })
  else await context.clock.stop(true)
  return {
    batches,
    failures,
    warnings,
    lost,
    recovered,
    recordsOf: (node) => collected(node, plan.value.outputs, batches),
  }
}

function begins({ status, outputs }: BatchInfo): boolean {
  return status === 'processing' && outputs.every(({ startMs }) => startMs === undefined)
}

function must(result: Result<unknown>): void {
  if (!result.ok) throw new Error(result.error.map(printDiagnostic).join('\n'))
}

function parsed(document: unknown): Pipeline {
  const pipeline = parsePipeline(document)
  if (!pipeline.ok) throw new Error(pipeline.error.map(printDiagnostic).join('\n'))
  const { settings } = pipeline.value
  // These executors cannot hang without the test, so that only a machine that stands still could miss a deadline.
  return {
    ...pipeline.value,
    settings: { ...settings, conf: { 'sluice.batchDeadline': '10min', ...settings.conf } },
  }
}

function collected(
  node: string,
  outputs: readonly { node: string; action: { kind: string } }[],
  batches: FinishedRun['batches'],
): ReturnType<FinishedRun['recordsOf']> {
  const id = outputs.findIndex((output) => output.node === node && output.action.kind === 'collect')
  return batches.flatMap(({ data }) => {
    const output = data.outputs.find((each) => each.id === id)
    if (output === undefined || data.failures.length > 0) return []
    return [{ timeMs: data.timeMs, partitions: output.partitions, records: output.rows }]
  })
}

interface TestLink extends ExecutorLink {
  /** As if the executor had sent more than was granted. */
  violate(): void
}

function linkOf(port: ExecutorPort, onPost: (message: unknown) => void): TestLink {
  let violated: () => void = () => {}
  let isOpen = true
  return {
    post: (message) => {
      onPost(message)
      port.post(message)
    },
    listen: (handler) =>
      port.listen((data) => {
        if (isOpen) handler(data)
      }),
    grant: () => {},
    onViolation: (handler) => {
      violated = handler
    },
    close: () => {
      isOpen = false
    },
    violate: () => violated(),
  }
}

const swallow: ConnectSink = (_url, events) => {
  void Promise.resolve().then(() => events.onOpen())
  return { send: () => {}, bufferedBytes: 0, close: () => {} }
}

const connectionsOf = ({ connect = noConnection, connectSink = swallow }: RunOptions) => ({ connect, connectSink })

const clockOf = ({ paused = false }: RunOptions, untilMs: number, onOver: () => void): BatchClock =>
  new EndingClock({ paused, untilMs, onOver })
const unheard = { onReceivers: () => {}, onCheckpoint: () => {}, onSkipped: () => {} }

const noConnection: Connect = () => ({ close: () => {} })
