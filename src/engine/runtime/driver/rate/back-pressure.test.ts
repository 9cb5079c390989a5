import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import { RealClock } from '#engine/runtime/driver/clock/real-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import { quietListener } from '#engine/runtime/testing/quiet-listener.ts'
import type { DriverMessage, ExecutorMessage, Reply } from '#engine/runtime/wire.ts'

// A source that is faster than the executor, from the connection to the completed batch; only the executor and the clock are made up.

const SOURCE_PER_SECOND = 5000
const EXECUTOR_PER_SECOND = 1000
const OVERHEAD_MS = 20

/** An executor that does nothing but take its time for every record. */
function slowExecutor(timers: Timers): ExecutorLink {
  let answer: (message: ExecutorMessage) => void = () => {}
  const post = (message: DriverMessage): void => {
    if (message.kind === 'load') {
      timers.after(0, () => answer({ kind: 'loaded' }))
      return
    }
    if (message.kind === 'move') return
    const records = message.blocks.reduce((sum, { payload }) => sum + (payload.kind === 'lines' ? payload.count : 0), 0)
    const delayMs = OVERHEAD_MS + (records / EXECUTOR_PER_SECOND) * 1000
    const job = { output: message.jobs[0].output, rows: [], lines: [] }
    const reply: Reply = { timeMs: message.timeMs, jobs: [job], nodes: [], snapshots: [] }
    const text = JSON.stringify(reply)
    timers.after(delayMs, () => answer({ kind: 'part', seq: message.seq, part: 0, parts: 1, text }))
  }
  return {
    post,
    listen: (handler) => {
      answer = handler
    },
    grant: () => {},
    onViolation: () => {},
    close: () => {},
  }
}

/** A server that sends lines all the time. */
function fastSource(timers: Timers): Connect {
  return (_feed, events) => {
    const lines = 'x\n'.repeat(SOURCE_PER_SECOND / 20)
    let cancel = (): void => {}
    const send = (): void => {
      events.onText(lines)
      cancel = timers.after(50, send)
    }
    cancel = timers.after(0, () => {
      events.onOpen()
      send()
    })
    return { close: () => cancel() }
  }
}

async function runFor(seconds: number, conf: Conf, params: object = {}) {
  const timers = new FakeTimers(1_000_000)
  const document = documentOf(
    {
      lines: ['webSocketTextStream', { url: 'wss://feed.test/', ...params }],
      shown: ['print', {}, 'lines'],
    },
    { checkpoint: false, conf: { 'sluice.batchDeadline': '1h', ...conf } },
  )
  const pipeline = parsePipeline(document)
  if (!pipeline.ok) throw new Error('the document is good')
  const plan = lowerPipeline(pipeline.value, { machineCores: 2 })
  if (!plan.ok) throw new Error('the document compiles')
  const completed: BatchInfo[] = []
  const limits: (number | undefined)[] = []
  let receiver: ReceiverState | undefined
  const context = new StreamingContext({
    pipeline: pipeline.value,
    plan: plan.value,
    machineCores: 2,
    clock: new RealClock(timers),
    timers,
    connect: fastSource(timers),
    store: new MemoryCheckpointStore(),
    files: new MemoryOutputFiles(),
    listener: {
      ...quietListener,
      onBatchCompleted: (info) => completed.push(info),
      onReceivers: ([state]) => {
        receiver = state
        if (state?.rateLimit !== limits.at(-1)) limits.push(state?.rateLimit)
      },
    },
  })
  const attached = context.attach([slowExecutor(timers)])
  await timers.pass(0)
  expect((await attached).ok).toBe(true)
  await context.start()
  await timers.pass(seconds * 1000)
  return { context, completed, limits, receiver }
}

test('without back-pressure the waiting batches grow', async () => {
  const { context, completed, receiver } = await runFor(120, {})
  expect(context.waitingBatches).toBeGreaterThan(80)
  expect(completed.at(-1)?.schedulingDelayMs).toBeGreaterThan(80_000)
  expect(receiver).toMatchObject({ waitingRecords: 0 })
  expect(receiver).not.toHaveProperty('rateLimit')
})

test('with back-pressure the receiver is limited to what the executor can take', async () => {
  const { context, completed, limits, receiver } = await runFor(150, { 'spark.streaming.backpressure.enabled': 'true' })
  expect(context.waitingBatches).toBeLessThanOrEqual(1)
  // While late batches are worked off, the least rate; then ever closer to what the executor can take.
  expect(limits.every((limit) => limit !== undefined && Number.isInteger(limit))).toBe(true)
  expect(Math.min(...limits.map((limit) => limit ?? 0))).toBe(100)
  expect(limits.at(-1)).toBeGreaterThan(0.95 * EXECUTOR_PER_SECOND)
  expect(limits.at(-1)).toBeLessThan(EXECUTOR_PER_SECOND)
  for (const batch of completed.slice(-20)) {
    expect(batch.numRecords).toBe(limits.at(-1))
    expect(batch.schedulingDelayMs).toBe(0)
  }
  expect(receiver?.waitingRecords).toBeGreaterThan(0)
})

test('an initial rate spares the first batches', async () => {
  const conf = { 'spark.streaming.backpressure.enabled': true, 'spark.streaming.backpressure.initialRate': 800 }
  const { completed } = await runFor(30, conf)
  expect(completed.length).toBeGreaterThan(25)
  expect(Math.max(...completed.map(({ numRecords }) => numRecords))).toBeLessThanOrEqual(1100)
  expect(Math.max(...completed.map(({ schedulingDelayMs = 0 }) => schedulingDelayMs))).toBeLessThan(500)
})

test('the largest rate holds without back-pressure, and so does that of the receiver itself', async () => {
  const { completed, receiver } = await runFor(20, { 'spark.streaming.receiver.maxRate': 500 })
  expect(completed.length).toBe(19)
  expect(completed.slice(1).every(({ numRecords }) => numRecords === 500)).toBe(true)
  expect(receiver?.rateLimit).toBe(500)
  const own = await runFor(20, { 'spark.streaming.receiver.maxRate': 500 }, { maxRate: 200 })
  expect(own.completed.length).toBe(19)
  expect(own.completed.slice(1).every(({ numRecords }) => numRecords === 200)).toBe(true)
  expect(own.receiver?.rateLimit).toBe(200)
})
