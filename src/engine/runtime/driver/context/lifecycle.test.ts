import { expect, test } from 'vitest'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import { SparkContext } from '#engine/runtime/driver/executors/spark-context.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { type BenchOptions, makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { SparkException } from './spark-exception.ts'

// The scenarios of StreamingContextSuite, step by step.

type Step = readonly [does: string, ...what: unknown[]]

const scenarios: readonly { readonly id: string; readonly steps: readonly Step[] }[] = [
  {
    id: 'start-stop',
    steps: [
      ['state', 'INITIALIZED'],
      ['start'],
      ['state', 'ACTIVE'],
      ['stop'],
      ['state', 'STOPPED'],
      ['sparkContextStopped', true],
    ],
  },
  { id: 'start-twice', steps: [['start'], ['start'], ['state', 'ACTIVE']] },
  { id: 'stop-twice', steps: [['start'], ['stop'], ['stop'], ['state', 'STOPPED']] },
  { id: 'stop-before-start', steps: [['stop'], ['state', 'STOPPED']] },
  { id: 'start-after-stop', steps: [['stop'], ['start', 'already been stopped'], ['state', 'STOPPED']] },
  {
    id: 'stop-only-streaming',
    steps: [['start'], ['stop', { stopSparkContext: false }], ['state', 'STOPPED'], ['sparkContextUsable', true]],
  },
  {
    id: 'stop-conf',
    steps: [
      ['conf', 'spark.streaming.stopSparkContextByDefault', 'false'],
      ['start'],
      ['stop'],
      ['sparkContextUsable', true],
    ],
  },
  {
    id: 'stop-false-then-true',
    steps: [
      ['stop', { stopSparkContext: false }],
      ['sparkContextUsable', true],
      ['stop', { stopSparkContext: true }],
      ['sparkContextStopped', true],
    ],
  },
  { id: 'await-timeout', steps: [['start'], ['awaitTerminationOrTimeout', 500, false]] },
  { id: 'await-after-stop', steps: [['start'], ['stop'], ['awaitTermination', 'returns at once']] },
  {
    id: 'await-true',
    steps: [['start'], ['stopLaterFromAnotherThread'], ['awaitTerminationOrTimeout', 10_000, true]],
  },
  {
    id: 'await-task-error',
    steps: [['mapThrows', 'error in map task'], ['start'], ['awaitTerminationOrTimeout', 5000, { throws: 'map task' }]],
  },
  {
    id: 'await-generation-error',
    steps: [
      ['generationThrows'],
      ['start'],
      ['awaitTerminationOrTimeout', 5000, { throws: "Couldn't generate RDD from parent" }],
    ],
  },
]

/** Scenarios that cannot happen here, and why. */
const UNMAPPED: Readonly<Record<string, string>> = {
  'non-serializable':
    'functions are text of the document, which is always stored as it is; records that are none: executor/failures.test.ts',
  'add-after-start': 'the graph of a run is that of its document: nothing can be added to it',
  'local-properties': 'there are no threads whose properties a job could see',
}

/** Scenarios with a test of their own: below, in active-context.test.ts, and in get-or-create.test.ts. */
const APART = [
  ...['no-output', 'stateful-without-checkpoint-dir', 'graceful-stop', 'unused-input', 'stop-in-listener'],
  ...['two-contexts', 'getActive'],
  ...['getOrCreate', 'queueStream-checkpoint'],
]

test('every scenario of the suite is here', () => {
  const ids = [...scenarios.map(({ id }) => id), ...Object.keys(UNMAPPED), ...APART]
  expect(new Set(ids).size).toBe(25)
})

const nodes = { a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] } as const
const simple = documentOf(nodes)
/** Its second batch has no RDD to count. */
const ungenerable = documentOf({
  a: ['queueStream', { batches: [['x'], null] }],
  n: ['count', {}, 'a'],
  out: ['print', {}, 'n'],
})

async function play(steps: readonly Step[]): Promise<void> {
  const conf = Object.fromEntries(steps.filter(([does]) => does === 'conf').map(([, key, value]) => [key, value]))
  const message = steps.find(([does]) => does === 'mapThrows')?.[1]
  const failing: BenchOptions = { act: () => ({ output: 0, failure: { node: 'a', message: String(message) } }) }
  const sparkContext = new SparkContext()
  const document = steps.some(([does]) => does === 'generationThrows') ? ungenerable : documentOf(nodes, { conf })
  const { context, attach, pass, timers, closed, plan } = makeBench(document, {
    sparkContext,
    ...(message === undefined ? {} : failing),
  })
  await attach()
  const does: Readonly<Record<string, (...what: readonly unknown[]) => Promise<void> | void>> = {
    conf: () => {},
    mapThrows: () => {},
    generationThrows: () => {},
    state: (expected) => expect(context.state).toBe(expected),
    start: async (refusal) => {
      const started = await context.start()
      expect(started).toMatchObject(
        refusal === undefined
          ? { ok: true }
          : { ok: false, error: [{ message: expect.stringContaining(`${refusal}`) }] },
      )
    },
    stop: (options) => context.stop({ graceful: false, ...(options as { stopSparkContext?: boolean }) }), // as above
    stopLaterFromAnotherThread: () => {
      timers.after(500, () => void context.stop({ graceful: false }))
    },
    sparkContextStopped: () => {
      expect(sparkContext.isStopped).toBe(true)
      expect(closed).toHaveLength(plan.executors)
    },
    sparkContextUsable: async () => {
      expect([sparkContext.isStopped, closed]).toEqual([false, []])
      const next = makeBench(simple, { sparkContext })
      expect(await next.context.attach()).toMatchObject({ ok: true })
      await next.context.start()
      await next.pass(1000)
      expect(next.told.completed).toHaveLength(1)
      await next.context.stop({ graceful: false, stopSparkContext: false })
    },
    awaitTermination: () => context.awaitTermination(),
    awaitTerminationOrTimeout: async (timeoutMs, expected) => {
      const ended = context.awaitTerminationOrTimeout(Number(timeoutMs)).catch((thrown: unknown) => thrown)
      await pass(Number(timeoutMs))
      if (typeof expected === 'boolean') expect(await ended).toBe(expected)
      else {
        expect(await ended).toBeInstanceOf(SparkException)
        expect(await ended).toMatchObject({ message: expect.stringContaining((expected as { throws: string }).throws) })
      }
    },
  }
  for (const [name, ...what] of steps) {
    const step = does[name]
    if (step === undefined) throw new Error(`no step ${name}`)
    await step(...what)
  }
  await context.stop({ graceful: false })
}

test.each(scenarios.map((each) => [each.id, each] as const))('%s', async (_id, { steps }) => {
  await play(steps)
})

test.each([
  ['no-output', { a: ['queueStream', { batches: [] }] }, 'No output operations registered, so nothing to execute'],
  [
    'stateful-without-checkpoint-dir',
    {
      a: ['queueStream', { batches: [] }],
      s: ['updateStateByKey', { fn: '(values, state) => values' }, 'a'],
      out: ['print', {}, 's'],
    },
    'The checkpoint directory has not been set.',
  ],
] as const)('%s: such a document does not compile, so that there is no context to start', (_id, without, about) => {
  const plan = lowerPipeline(pipelineOf(without, { checkpoint: false }), { machineCores: 2 })
  expect(plan.ok).toBe(false)
  if (!plan.ok) expect(plan.error.map(({ message }) => message).join()).toContain(about)
})

test('graceful-stop: as many records are processed as were received', async () => {
  const { start, pass, context, told } = makeBench(documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] }), {
    clock: 'real',
  })
  await start()
  for (let count = 1; count <= 100; count++) {
    await context.type('a', [`${count}`])
    await pass(30)
  }
  const stopped = context.stop({ graceful: true })
  await pass(5000)
  await stopped
  expect(told.completed.reduce((sum, { info }) => sum + info.numRecords, 0)).toBe(100)
})

test('unused-input: two batches complete, and the stop is no error', async () => {
  const document = documentOf({ a: ['simulatedTextStream', {}], b: ['manualStream'], out: ['print', {}, 'a'] })
  const { start, pass, context, told } = makeBench(document)
  await start()
  await pass(2000)
  await context.stop({ graceful: true })
  await context.awaitTermination()
  expect(told.completed.length).toBeGreaterThanOrEqual(2)
})

test('stop-in-listener: is refused, and the run goes on', async () => {
  const { start, pass, context, told } = makeBench(simple)
  const refusals: unknown[] = []
  context.addStreamingListener({
    onEvent: () => {
      try {
        void context.stop({ graceful: false })
      } catch (refusal) {
        refusals.push(refusal)
      }
    },
  })
  await start()
  await pass(1000)
  expect(refusals.length).toBeGreaterThan(3)
  expect(refusals[0]).toBeInstanceOf(SparkException)
  expect(refusals[0]).toMatchObject({ message: 'Cannot stop StreamingContext within listener bus thread.' })
  expect([context.state, told.completed.length]).toEqual(['ACTIVE', 1])
})

test('a start that fails stops the context', async () => {
  const { context, attach, clock } = makeBench(simple)
  await attach()
  clock.start = () => {
    throw new Error('no clock')
  }
  await expect(context.start()).rejects.toThrow('no clock')
  expect(context.state).toBe('STOPPED')
})
