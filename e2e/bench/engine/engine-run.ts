import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { packPlan } from '#engine/compile/packed/pack-plan.ts'
import type { BatchData } from '#engine/model/batch-data.ts'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import type { ConnectionEvents } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import type { ExecutorHost } from '#engine/runtime/executor/executor-host.ts'
import { startInProcess } from '#engine/runtime/executor/in-process.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import { linksTo } from '#engine/runtime/testing/in-process-links.ts'
import { quietListener } from '#engine/runtime/testing/quiet-listener.ts'

const BLOCK_MS = 200

/** A node as [operator, parameters, inputs…]. */
export type NodeText = readonly [op: string, params: Readonly<Record<string, unknown>>, ...from: string[]]

/** A pipeline of the whole engine, driver and executors, in this worker: batch by batch, at the caller's pace. */
export interface EngineRun {
  /** Receives text, as from a WebSocket, and cuts a block of it. */
  receive(text: string): Promise<void>
  /** Runs the next batch. Fails: rejects when a job of it fails. */
  batch(): Promise<BatchData>
  /** Of the batches so far, how many were run by so many executors. */
  readonly ranOn: ReadonlyMap<number, number>
}

export interface EngineOptions {
  readonly executors?: number
  /** Executors elsewhere, in place of some in this realm. */
  readonly links?: readonly ExecutorLink[]
  /** Time that passes only when told to, unless batches are to be measured by the driver. */
  readonly timers?: FakeTimers
  readonly conf?: Readonly<Record<string, string | number | boolean>>
  readonly checkpoint?: boolean
  readonly prelude?: string
}

export async function openEngine(
  nodes: Readonly<Record<string, NodeText>>,
  host: Pick<ExecutorHost, 'importModule' | 'encode' | 'now'>,
  { executors = 1, links, timers = new FakeTimers(), conf, checkpoint = false, prelude }: EngineOptions = {},
): Promise<EngineRun> {
  // A receiver takes a core of its own.
  const cores = executors + Object.values(nodes).filter(([op]) => op === 'webSocketTextStream').length
  const pipeline = unwrap(
    parsePipeline({
      format: 'sluice/1',
      name: 'measured',
      settings: {
        batchMs: 1000,
        master: `local[${cores}]`,
        checkpoint,
        seed: 1,
        conf: { 'sluice.batchDeadline': '10min', 'spark.default.parallelism': executors, ...conf },
        ...(prelude === undefined ? {} : { prelude }),
      },
      nodes: Object.entries(nodes).map(([id, [op, params]]) => ({ id, op, params, at: [0, 0] })),
      edges: Object.entries(nodes).flatMap(([to, [, , ...inputs]]) => inputs.map((from) => ({ from, to }))),
    }),
  )
  const plan = packPlan(unwrap(lowerPipeline(pipeline, { machineCores: cores })), pipeline.settings.conf)
  const clock = new VirtualClock(timers, { speed: 'max', paused: true, nowMs: 0 })
  const ranOn = new Map<number, number>()
  let events: ConnectionEvents | undefined
  let done: (data: BatchData) => void = () => {}
  let broken: (error: Error) => void = () => {}
  const store = new MemoryCheckpointStore()
  const fail = (message: string): void => broken(new Error(message))
  const context = new StreamingContext({
    pipeline,
    plan,
    machineCores: cores,
    clock,
    timers,
    store,
    files: new MemoryOutputFiles(),
    connect: (_feed, given) => {
      events = given
      void Promise.resolve().then(() => given.onOpen())
      return { close: () => {} }
    },
    connectSink: () => ({ send: () => {}, bufferedBytes: 0, close: () => {} }),
    listener: {
      ...quietListener,
      onBatchCompleted: (info, data) => {
        const count = info.executors?.count ?? plan.executors
        ranOn.set(count, (ranOn.get(count) ?? 0) + 1)
        done(data)
      },
      onFailure: ({ message }) => fail(message),
      onExecutorsLost: ({ reason }) => fail(reason),
    },
  })
  unwrap(await context.attach(links ?? linksTo(startInProcess(plan.executors, host))))
  unwrap(await context.start(readStoredRun(await store.read())))
  return {
    ranOn,
    receive: async (text) => {
      if (events === undefined) throw new Error('the receiver has not started')
      events.onText(text)
      await timers.pass(BLOCK_MS)
    },
    batch: () =>
      new Promise((resolve, reject) => {
        done = resolve
        broken = reject
        clock.step()
      }),
  }
}

function unwrap<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: readonly unknown[] },
): Value {
  if (result.ok) return result.value
  // A cast: all of these fail with diagnostics.
  throw new Error((result.error as Parameters<typeof printDiagnostic>[0][]).map(printDiagnostic).join('\n'))
}
