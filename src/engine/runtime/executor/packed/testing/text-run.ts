import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { packPlan } from '#engine/compile/packed/pack-plan.ts'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { fixedAllocation } from '#engine/runtime/driver/executors/allocation.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import type { ConnectionEvents } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import { startInProcess } from '#engine/runtime/executor/in-process.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import { importModule } from '#engine/runtime/testing/import-module.ts'
import { linksTo } from '#engine/runtime/testing/in-process-links.ts'
import { quietListener } from '#engine/runtime/testing/quiet-listener.ts'

const BLOCK_MS = 200

export interface TextRunOptions {
  readonly packed: boolean
  readonly executors?: number
  readonly prelude?: string
  readonly collect: readonly string[]
  /** A host with a TextEncoder. */
  readonly encodes?: boolean
  /** Blocks that allow it go to the executors as bytes. */
  readonly sendsBytes?: boolean
}

export function textDocument(nodes: Readonly<Record<string, NodeText>>, options: TextRunOptions): Pipeline {
  const { executors = 1, packed, prelude } = options
  const all = { lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:1' }] as const, ...nodes }
  const conf = { 'sluice.packedText': packed, 'sluice.batchDeadline': '10min', 'spark.default.parallelism': 2 }
  const settings = {
    checkpoint: false,
    conf,
    master: `local[${executors + 1}]`,
    ...(prelude === undefined ? {} : { prelude }),
  }
  const parsed = parsePipeline(documentOf(all, settings))
  if (!parsed.ok) throw new Error(parsed.error.map(printDiagnostic).join('\n'))
  return parsed.value
}

/** Runs a pipeline over texts that its source `lines` receives, batches of blocks: what each batch gave, and every failure, as text. */
export async function runTexts(
  nodes: Readonly<Record<string, NodeText>>,
  batches: readonly (readonly string[])[],
  options: TextRunOptions,
): Promise<readonly string[]> {
  const pipeline = textDocument(nodes, options)
  const { executors = 1, collect } = options
  const lowered = lowerPipeline(pipeline, { machineCores: executors + 1, collect })
  if (!lowered.ok) throw new Error(lowered.error.map(printDiagnostic).join('\n'))
  const plan = packPlan(lowered.value, pipeline.settings.conf)
  const timers = new FakeTimers()
  const clock = new VirtualClock(timers, { speed: 'max', paused: true, nowMs: 0 })
  const told: string[] = []
  let events: ConnectionEvents | undefined
  let done = (): void => {}
  const context = new StreamingContext({
    pipeline,
    plan,
    machineCores: executors + 1,
    clock,
    timers,
    store: new MemoryCheckpointStore(),
    files: new MemoryOutputFiles(),
    allocation: fixedAllocation(plan.executors),
    connect: (_feed, given) => {
      events = given
      void Promise.resolve().then(() => given.onOpen())
      return { close: () => {} }
    },
    connectSink: () => ({ send: () => {}, bufferedBytes: 0, close: () => {} }),
    listener: {
      ...quietListener,
      onBatchCompleted: (_info, data) => {
        told.push(JSON.stringify(data))
        done()
      },
      onFailure: (failure) => told.push(JSON.stringify(failure)),
      onExecutorsLost: ({ reason }) => told.push(reason),
    },
  })
  const encoder = new TextEncoder()
  const encode = (text: string, into: Uint8Array) => encoder.encodeInto(text, into)
  const decoder = new TextDecoder()
  const decode = (bytes: Uint8Array<ArrayBuffer>) => decoder.decode(bytes)
  const host = { importModule, now: () => Number.NaN, ...(options.encodes === false ? {} : { encode, decode }) }
  const attached = await context.attach(
    linksTo(startInProcess(plan.executors, host), options.sendsBytes === true ? encode : undefined),
  )
  const started = await context.start(undefined)
  if (!attached.ok || !started.ok) throw new Error('the run did not start')
  for (const blocks of batches) {
    for (const text of blocks) {
      events?.onText(text)
      await timers.pass(BLOCK_MS)
    }
    const batch = new Promise<void>((resolve) => {
      done = resolve
    })
    clock.step()
    await batch
  }
  await context.stop({ graceful: false })
  return told
}
