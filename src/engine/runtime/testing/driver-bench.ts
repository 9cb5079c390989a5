import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { BatchData, BatchFailure, CodeFrame } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Skipped } from '#engine/model/catch-up.ts'
import type { Incident } from '#engine/model/incident.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { LostInput, ReceiverState, RecoveryReport } from '#engine/model/run-state.ts'
import { RealClock } from '#engine/runtime/driver/clock/real-clock.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import type { ActiveContext } from '#engine/runtime/driver/context/active-context.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { type Allocation, fixedAllocation } from '#engine/runtime/driver/executors/allocation.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import type { SparkContext } from '#engine/runtime/driver/executors/spark-context.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import type { OpenReceiverWorker } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import type { BatchOrder, DriverMessage, ExecutorMessage, FailureReport, Reply } from '#engine/runtime/wire.ts'
import { benchReceivers } from './bench-receivers.ts'
import { FakeTimers, settle } from './fake-timers.ts'

/** What an executor of a bench does with a batch: nothing, some messages of its own, or a failure of the output with this id. */
export type Deed = 'answer' | 'hang' | readonly unknown[] | { readonly output: number; readonly failure: FailureReport }

export interface BenchOptions {
  readonly clock?: 'real' | 'paused' | number
  readonly connect?: Connect
  readonly openReceiver?: OpenReceiverWorker
  readonly store?: MemoryCheckpointStore
  readonly machineCores?: number
  readonly nowMs?: number
  /** How many of the executors run a batch; without it all of them. */
  readonly allocation?: Allocation
  /** Shared with other benches. */
  readonly sparkContext?: SparkContext
  readonly active?: ActiveContext<StreamingContext>
  /** By executor; `answer` unless said otherwise. */
  act?(order: BatchOrder, executor: number): Deed
}

/** A driver on a table: its wall clock stands still until a test moves it, its executors do as they are told and compute nothing. */
export function makeBench(document: unknown, options: BenchOptions = {}) {
  const pipeline = parsePipeline(document)
  if (!pipeline.ok) throw new Error(JSON.stringify(pipeline.error))
  const machineCores = options.machineCores ?? 2
  const plan = lowerPipeline(pipeline.value, { machineCores })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  const timers = new FakeTimers(options.nowMs ?? 0)
  const { clock: kind = 1 } = options
  const clock =
    kind === 'real'
      ? new RealClock(timers)
      : new VirtualClock(timers, { speed: kind === 'paused' ? 1 : kind, paused: kind === 'paused', nowMs: 0 })
  const told = {
    states: [] as string[],
    infos: [] as BatchInfo[],
    completed: [] as { readonly info: BatchInfo; readonly data: BatchData }[],
    failures: [] as BatchFailure[],
    receivers: [] as readonly ReceiverState[],
    losses: [] as Loss[],
    incidents: [] as Incident[],
    skipped: [] as Skipped[],
    recovered: [] as RecoveryReport[],
    warnings: [] as string[],
    /** Of each of them. */
    warningFrames: [] as (readonly CodeFrame[])[],
    lost: [] as LostInput[],
    checkpoints: 0,
  }
  const store = options.store ?? new MemoryCheckpointStore()
  const context = new StreamingContext({
    pipeline: pipeline.value,
    plan: plan.value,
    machineCores,
    clock,
    timers,
    connect: options.connect ?? (() => ({ close: () => {} })),
    openReceiver: options.openReceiver ?? benchReceivers(() => timers),
    store,
    files: new MemoryOutputFiles(),
    allocation: options.allocation ?? fixedAllocation(plan.value.executors),
    ...(options.sparkContext === undefined ? {} : { sparkContext: options.sparkContext }),
    ...(options.active === undefined ? {} : { active: options.active }),
    listener: {
      onState: (state, reason) => told.states.push(reason === undefined ? state : `${state}: ${reason}`),
      onBatch: (info) => told.infos.push(info),
      onBatchCompleted: (info, data) => {
        told.infos.push(info)
        told.completed.push({ info, data })
      },
      onFailure: (failure) => told.failures.push(failure),
      onReceivers: (receivers) => {
        told.receivers = receivers
      },
      onRecovered: (report) => told.recovered.push(report),
      onExecutorsLost: (loss) => told.losses.push(loss),
      onCheckpoint: () => {
        told.checkpoints += 1
      },
      onIncident: (incident) => told.incidents.push(incident),
      onLost: (lost) => told.lost.push(lost),
      onSkipped: (skipped) => told.skipped.push(skipped),
      onWarning: (message, _node, frames = []) => {
        told.warnings.push(message)
        told.warningFrames.push(frames)
      },
    },
  })
  const orders: BatchOrder[] = []
  const closed: number[] = []
  const voices: ((message: unknown) => void)[] = []
  const attach = () =>
    context.attach(
      Array.from({ length: plan.value.executors }, (_, index) =>
        link(index, { act: (order) => (options.act ?? (() => 'answer'))(order, index), orders, closed, voices }),
      ),
    )
  const start = async (): Promise<void> => {
    await attach()
    const started = await context.start(readStoredRun(await store.read()))
    if (!started.ok) throw new Error(JSON.stringify(started.error))
    await settle()
  }
  /** Lets time pass in small steps, in which all that is ready runs. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 100) {
      timers.advance(Math.min(left, 100))
      await settle()
    }
  }
  /** Every executor says this. */
  const say = (message: unknown): void => {
    for (const voice of voices) voice(message)
  }
  return { context, clock, timers, told, orders, closed, say, plan: plan.value, store, attach, start, pass }
}

function link(
  index: number,
  {
    act,
    orders,
    closed,
    voices,
  }: {
    act: (order: BatchOrder) => Deed
    orders: BatchOrder[]
    closed: number[]
    voices: ((message: unknown) => void)[]
  },
): ExecutorLink {
  let handler: (data: unknown) => void = () => {}
  let violated: () => void = () => {}
  let credit = 0
  let isOpen = true
  const say = (message: unknown): void => {
    void Promise.resolve().then(() => {
      if (!isOpen) return
      credit -= 1
      if (credit < 0) violated()
      else handler(message)
    })
  }
  voices.push(say)
  return {
    post: (data) => {
      const message = data as DriverMessage // the driver's own
      if (message.kind === 'load') {
        say({ kind: 'loaded' } satisfies ExecutorMessage)
        return
      }
      if (message.kind === 'move') {
        say({ kind: 'moved', seq: message.seq, done: true, records: 0 } satisfies ExecutorMessage)
        return
      }
      if (index === 0) orders.push(message)
      const deed = act(message)
      if (deed === 'hang') return
      if (Array.isArray(deed)) for (const each of deed) say(each)
      else say(answer(message, deed === 'answer' || !('failure' in deed) ? undefined : deed))
    },
    listen: (listener) => {
      handler = listener
    },
    grant: (messages) => {
      credit = messages
    },
    onViolation: (listener) => {
      violated = listener
    },
    close: () => {
      isOpen = false
      closed.push(index)
    },
  }
}

/** An empty answer to a batch. */
export function answer(
  order: BatchOrder,
  failed?: { readonly output: number; readonly failure: FailureReport },
): ExecutorMessage {
  const [{ output }] = order.jobs
  const job = { output, rows: [], lines: [], ...(failed?.output === output ? { failure: failed.failure } : {}) }
  const reply: Reply = { timeMs: order.timeMs, jobs: [job], nodes: [], snapshots: [] }
  return { kind: 'part', seq: order.seq, part: 0, parts: 1, text: JSON.stringify(reply) }
}
