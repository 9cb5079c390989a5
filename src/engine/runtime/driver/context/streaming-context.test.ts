import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'

// The life of a context: the scenarios of StreamingContextSuite that a document can have.

const simple = documentOf({ a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] })
const timesOf = (batches: readonly { readonly info: { readonly batchTimeMs: number } }[]): number[] =>
  batches.map(({ info }) => info.batchTimeMs)

describe('a context', () => {
  test('is initialized, active, stopped', async () => {
    const { context, start, told } = makeBench(simple)
    expect(context.state).toBe('INITIALIZED')
    await start()
    expect(context.state).toBe('ACTIVE')
    await context.stop({ graceful: false })
    expect(context.state).toBe('STOPPED')
    expect(told.states).toEqual(['ACTIVE', 'STOPPED'])
  })

  test('only warns when it is started twice', async () => {
    const { context, start, told } = makeBench(simple)
    await start()
    expect(await context.start()).toMatchObject({ ok: true })
    expect(context.state).toBe('ACTIVE')
    expect(told.warnings).toEqual(['StreamingContext has already been started'])
  })

  test('may be stopped twice, and before it was started', async () => {
    const { context, start, told } = makeBench(simple)
    await start()
    await context.stop({ graceful: false })
    await context.stop({ graceful: false })
    expect(told.states).toEqual(['ACTIVE', 'STOPPED'])
    const never = makeBench(simple)
    await never.context.stop({ graceful: true })
    expect(never.context.state).toBe('STOPPED')
  })

  test('cannot be started after it was stopped', async () => {
    const { context } = makeBench(simple)
    await context.stop({ graceful: false })
    const started = await context.start()
    expect(started).toMatchObject({ ok: false, error: [{ message: 'StreamingContext has already been stopped' }] })
    expect(context.state).toBe('STOPPED')
  })

  test('has batches at multiples of the batch duration after its start', async () => {
    const { start, pass, told, context } = makeBench(simple, { clock: 'real', nowMs: 1_700_000_000_400 })
    await start()
    expect(context.zeroMs).toBe(1_700_000_000_000)
    await pass(2000)
    expect(timesOf(told.completed)).toEqual([1_700_000_001_000, 1_700_000_002_000])
  })

  test('goes on after a failed job and a failed generation', async () => {
    const document = documentOf({
      a: ['queueStream', { batches: [['x'], null, ['y']] }],
      n: ['count', {}, 'a'],
      out: ['print', {}, 'n'],
    })
    const failure = { node: 'n', message: 'error in map task' }
    const { start, pass, told } = makeBench(document, {
      act: ({ timeMs }) => (timeMs === 1000 ? { output: 0, failure } : 'answer'),
    })
    await start()
    await pass(3000)
    expect(told.failures).toMatchObject([
      { timeMs: 1000, message: 'error in map task' },
      { timeMs: 2000, node: 'n', message: "Couldn't generate RDD from parent at time 2000 ms" },
    ])
    expect(timesOf(told.completed)).toEqual([1000, 3000])
    expect(told.states).toEqual(['ACTIVE'])
  })

  test('cannot be recovered when it reads a queue', async () => {
    const document = documentOf({ a: ['queueStream', { batches: [['x']] }], out: ['print', {}, 'a'] })
    const store = new MemoryCheckpointStore()
    const first = makeBench(document, { store })
    await first.start()
    await first.pass(1000)
    await first.context.stop({ graceful: false })
    const second = makeBench(document, { store })
    await expect(second.start()).rejects.toThrow("queueStream doesn't support checkpointing")
    expect(second.context.state).toBe('STOPPED')
  })

  test('does not start anything when it is stopped while it starts', async () => {
    const { context, attach, timers, told } = makeBench(simple)
    await attach()
    const started = context.start()
    await context.stop({ graceful: false })
    await started
    expect(told.states).toEqual(['ACTIVE', 'STOPPED'])
    expect(timers.waiting).toBe(0)
  })

  test('runs unused inputs not at all', async () => {
    const document = documentOf({
      a: ['simulatedTextStream', {}],
      b: ['manualStream'],
      out: ['print', {}, 'a'],
    })
    const { start, pass, told, plan } = makeBench(document)
    expect(plan.inputs.map(({ node }) => node)).toEqual(['a'])
    expect(plan.executors).toBe(2)
    await start()
    await pass(2000)
    expect(told.completed).toHaveLength(2)
  })
})

describe('a stop', () => {
  test('that is not graceful drops what is queued', async () => {
    const { start, pass, context, told } = makeBench(simple, { act: () => 'hang' })
    await start()
    await pass(2900)
    await context.stop({ graceful: false })
    await pass(60_000)
    expect(told.completed).toEqual([])
    expect(told.losses).toEqual([])
    expect(context.waitingBatches).toBe(0)
  })

  test('that is graceful lets the pending tick and one more run, and waits for them', async () => {
    const { start, pass, context, told } = makeBench(simple, { clock: 'real' })
    await start()
    await pass(1500)
    const stopped = context.stop({ graceful: true })
    await pass(5000)
    await stopped
    expect(timesOf(told.completed)).toEqual([1000, 2000, 3000])
    expect(context.state).toBe('STOPPED')
  })

  test('that is graceful is overtaken by one that is not', async () => {
    const { start, pass, context, told } = makeBench(simple, { act: () => 'hang' })
    await start()
    await pass(1500)
    const soft = context.stop({ graceful: true })
    await settle()
    await context.stop({ graceful: false })
    await soft
    expect(context.state).toBe('STOPPED')
    expect(told.completed).toEqual([])
  })

  test.each([
    ['2s', 1000, 2000],
    [undefined, 1000, 10_000],
    [undefined, 200, 2000],
  ])('that is graceful gives up after %s, or else after ten batches (of %d ms)', async (timeout, batchMs, limitMs) => {
    const conf = timeout === undefined ? {} : { 'spark.streaming.gracefulStopTimeout': timeout }
    const document = documentOf(
      { a: ['simulatedTextStream', {}], out: ['print', {}, 'a'] },
      { batchMs, conf: { ...conf, 'sluice.batchDeadline': '60s' } },
    )
    const { start, pass, context, told } = makeBench(document, { act: () => 'hang' })
    await start()
    await pass(1500)
    const stopped = context.stop({ graceful: true })
    await pass(limitMs - 100)
    expect(context.state).toBe('ACTIVE')
    await pass(200)
    await stopped
    expect(told.warnings.join()).toContain(
      `Timed out while stopping gracefully: batches still waited after ${limitMs} ms`,
    )
    expect(context.state).toBe('STOPPED')
  })

  test('that is graceful runs everything that was received', async () => {
    const document = documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] })
    const { start, pass, context, told } = makeBench(document, { clock: 'real' })
    await start()
    for (let second = 1; second <= 5; second++) {
      await context.type('a', [`${second}`, 'x', 'y'])
      await pass(730)
    }
    await context.type('a', ['last'])
    const stopped = context.stop({ graceful: true })
    expect(await context.type('nobody', ['x'])).toBe(false)
    await pass(5000)
    await stopped
    expect(told.completed.reduce((sum, { info }) => sum + info.numRecords, 0)).toBe(16)
    expect(told.receivers).toMatchObject([{ state: 'stopped', records: 16 }])
  })
})

describe('a store that fails', () => {
  test('warns once, says when it is over, and the run goes on', async () => {
    const store = new MemoryCheckpointStore()
    let fails = true
    const write = store.write.bind(store)
    store.write = (step) => (fails ? Promise.reject(new Error('disk full')) : write(step))
    const { start, pass, told } = makeBench(simple, { store })
    await start()
    await pass(5000)
    expect(told.completed).toHaveLength(5)
    expect(told.warnings).toEqual([expect.stringContaining('disk full')])
    fails = false
    await pass(1000)
    expect(told.warnings.slice(1)).toEqual(['The checkpoint is written again.'])
    fails = true
    await pass(2000)
    expect(told.warnings).toHaveLength(3)
    expect(told.completed).toHaveLength(8)
  })
})

test('what a store would not take is stored as soon as it takes something', async () => {
  const store = new MemoryCheckpointStore()
  const write = store.write.bind(store)
  let fails = true
  store.write = (step) => (fails ? Promise.reject(new Error('disk full')) : write(step))
  const { start, pass, context } = makeBench(
    documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] }, { master: 'local[2]' }),
    { store, clock: 'real' },
  )
  await start()
  await context.type('a', ['early'])
  await pass(300)
  expect(await store.read()).toEqual(new Map())
  fails = false
  await pass(1000)
  expect(readStoredRun(await store.read())).toMatchObject({ blocks: [{ records: 1 }], damaged: [] })
})
