import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { answer, makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'

// spark.streaming.concurrentJobs above 1: jobs are on the executors side by side.

const concurrent = (jobs: number) => ({ 'spark.streaming.concurrentJobs': jobs })
const rows: NodeText = ['simulatedTextStream', { rowsPerSecond: 20, partitions: 3 }]
const simple = { a: rows, one: ['print', {}, 'a'], two: ['print', {}, 'a'] } as const

/** A driver whose executors answer when they are told to. */
async function held(jobs: number, { nodes = simple as Readonly<Record<string, NodeText>>, conf = {} } = {}) {
  const orders: BatchOrder[] = []
  const bench = makeBench(documentOf(nodes, { conf: { ...concurrent(jobs), 'sluice.batchDeadline': '1h', ...conf } }), {
    clock: 1,
    act: (order, executor) => {
      if (executor === 0) orders.push(order)
      return 'hang'
    },
  })
  await bench.start()
  const jobsOf = () => orders.map(({ timeMs, jobs: [{ output }] }) => `${timeMs}/${output}`)
  /** All executors answer this job. */
  const release = async (job: string): Promise<void> => {
    const order = orders[jobsOf().indexOf(job)]
    if (order === undefined) throw new Error(`${job} does not run`)
    bench.say(answer(order))
    await settle()
  }
  return { ...bench, orders, jobsOf, release }
}

describe('the scheduler', () => {
  test('hands out as many jobs as may run, of the next batch too', async () => {
    const { pass, jobsOf, release, orders } = await held(3)
    await pass(2000)
    expect(jobsOf()).toEqual(['1000/0', '1000/1', '2000/0'])
    expect(orders.map(({ beside }) => beside)).toEqual([[], [1], [1, 2]])
    await release('2000/0')
    expect(jobsOf()).toEqual(['1000/0', '1000/1', '2000/0', '2000/1'])
    expect(orders.at(-1)?.beside).toEqual([1, 2])
  })

  test('lets batches overtake each other; checkpoints bear the newest time and name what is pending', async () => {
    const { pass, release, told, store, context } = await held(4)
    await pass(2000)
    await release('2000/1')
    await release('2000/0')
    expect(told.completed.map(({ info }) => info.batchTimeMs)).toEqual([2000])
    expect(context.waitingBatches).toBe(1)
    expect(readStoredRun(await store.read())?.metadata).toMatchObject({ checkpointMs: 2000, pending: [1000] })
    await pass(500)
    await release('1000/0')
    await release('1000/1')
    expect(told.completed.map(({ info }) => info.batchTimeMs)).toEqual([2000, 1000])
    expect(told.completed[1]?.info).toMatchObject({ processingStartMs: 1000, processingEndMs: 2500 })
    // SPARK-11267: a late batch does not turn the clock of the checkpoint back.
    expect(readStoredRun(await store.read())?.metadata).toMatchObject({ checkpointMs: 2000, pending: [] })
  })

  test('keeps the blocks of a batch that was overtaken', async () => {
    const { pass, release, context, store } = await held(2, {
      nodes: { a: ['manualStream'], out: ['print', {}, 'a'] },
    })
    const blocks = async () =>
      readStoredRun(await store.read())?.allocations.flatMap(([timeMs, ids]) => (ids.length > 0 ? [timeMs] : []))
    await context.type('a', ['x'])
    await pass(1000)
    for (const timeMs of [2000, 3000, 4000]) {
      await pass(1000)
      await release(`${timeMs}/0`)
    }
    expect(await blocks()).toEqual([1000])
    await release('1000/0')
    for (const timeMs of [5000, 6000]) {
      await pass(1000)
      await release(`${timeMs}/0`)
    }
    expect(await blocks()).toEqual([])
  })

  test('tells each output operation when it starts and ends', async () => {
    const { pass, release, context } = await held(2)
    const events: string[] = []
    context.addStreamingListener({
      onEvent: (event) => {
        if ('outputOperationInfo' in event)
          events.push(`${event.kind} ${event.outputOperationInfo.batchTime}/${event.outputOperationInfo.id}`)
        else if ('batchInfo' in event) events.push(`${event.kind} ${event.batchInfo.batchTime}`)
      },
    })
    await pass(1000)
    await release('1000/1')
    await release('1000/0')
    expect(events).toEqual([
      'BatchSubmitted 1000',
      'BatchStarted 1000',
      'OutputOperationStarted 1000/0',
      'OutputOperationStarted 1000/1',
      'OutputOperationCompleted 1000/1',
      'OutputOperationCompleted 1000/0',
      'BatchCompleted 1000',
    ])
  })

  test('runs jobs one at a time after a loss, to find the one that hangs', async () => {
    const bench = makeBench(documentOf(simple, { conf: concurrent(2) }), {
      clock: 1,
      act: ({ timeMs, traced, jobs: [{ output }] }, executor) => {
        if (timeMs > 1000 || (traced && output === 1)) return 'answer'
        return traced && executor === 0 ? [{ kind: 'at', seq: bench.orders.at(-1)?.seq, node: 'one' }] : 'hang'
      },
    })
    await bench.start()
    await bench.pass(4000)
    expect(bench.told.losses).toHaveLength(1)
    await bench.attach()
    await bench.pass(3000)
    expect(bench.told.losses).toMatchObject([{ kind: 'deadline' }, { kind: 'deadline', node: 'one' }])
    await bench.attach()
    await settle()
    const failures = bench.told.completed.map(({ data }) => data.failures.map(({ node }) => node))
    expect(failures.slice(0, 2)).toEqual([['one'], []])
    expect(bench.told.states).toEqual(['ACTIVE'])
  })
})

describe('executors', () => {
  const count = '(values, state) => (state ?? 0) + values.length'
  const pairs = ['map', { fn: 'line => [line.length % 5, 1]' }, 'a'] as const
  const sums = ['reduceByKey', { reduce: '(a, b) => a + b', numPartitions: 3 }, 'pairs'] as const
  const inverse = { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 3000 }
  const graphs: Readonly<Record<string, Readonly<Record<string, NodeText>>>> = {
    'a shuffle that three outputs share': {
      pairs,
      sums,
      big: ['filter', { fn: 'pair => pair[1] > 1' }, 'sums'],
      x: ['print', {}, 'sums'],
      y: ['print', {}, 'big'],
      z: ['print', {}, 'pairs'],
    },
    'state, and a window over it': {
      pairs,
      state: ['updateStateByKey', { fn: count }, 'pairs'],
      window: ['window', { windowMs: 3000, slideMs: 1000 }, 'state'],
      sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'window'],
      x: ['print', {}, 'state'],
      y: ['print', {}, 'sums'],
    },
    'a window with inverse, joined with a state': {
      pairs,
      inverse: ['reduceByKeyAndWindow', inverse, 'pairs'],
      state: [
        'mapWithState',
        { fn: '(key, value, state) => { state.update((state.getOption() ?? 0) + 1); return [key, state.get()] }' },
        'pairs',
      ],
      both: ['join', {}, 'inverse', 'state>other'],
      x: ['print', {}, 'both'],
      y: ['print', {}, 'inverse'],
    },
    'transform over a repartitioned stream': {
      pairs,
      spread: ['repartition', { numPartitions: 5 }, 'pairs'],
      sorted: ['transform', { fn: 'rdd => rdd.sortByKey()' }, 'spread'],
      sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'sorted'],
      x: ['print', {}, 'sums'],
      y: ['print', {}, 'sorted'],
      z: ['foreachRDD', { fn: 'rdd => console.log(rdd.count())' }, 'sorted'],
    },
  }
  /** All batches are generated before the first one runs, so that they overlap as far as they may. */
  const runAtOnce = (document: unknown, batches: number, options: Partial<RunOptions> = {}) =>
    runPipeline(document, {
      batches,
      paused: true,
      drive: ({ clock }) => {
        for (let batch = 1; batch <= batches; batch++) clock.step()
      },
      ...options,
    })
  const inOrder = (run: FinishedRun) =>
    [...run.batches]
      .sort((a, b) => a.info.batchTimeMs - b.info.batchTimeMs)
      .map(({ data: { timeMs, nodes, outputs, failures } }) => ({ timeMs, nodes, outputs, failures }))

  const withoutNodes = ({ nodes: _nodes, ...rest }: ReturnType<typeof inOrder>[number]) => rest

  test.each(Object.entries(graphs))('give with many jobs what they give with one: %s', async (_what, nodes) => {
    for (const master of ['local[1]', 'local[3]']) {
      const run = (jobs: number) => runAtOnce(documentOf({ a: rows, ...nodes }, { master, conf: concurrent(jobs) }), 8)
      const one = await run(1)
      expect(one.failures).toEqual([])
      expect(inOrder(await run(4))).toEqual(inOrder(one))
    }
  })

  test.each(Object.entries(graphs))('and when they are lost: %s', async (_what, nodes) => {
    const document = (jobs: number) => documentOf({ a: rows, ...nodes }, { master: 'local[3]', conf: concurrent(jobs) })
    const one = await runAtOnce(document(1), 8)
    for (const microtasks of [0, 30]) {
      const many = await runAtOnce(document(4), 8, {
        losesAt: (timeMs) => (timeMs === 3000 || timeMs === 6000 ? microtasks : undefined),
      })
      // A job that runs again may make what an older batch counts, which then is not counted.
      expect(inOrder(many).map(withoutNodes)).toEqual(inOrder(one).map(withoutNodes))
    }
  })

  test('fail the jobs that share a failed exchange, and try it again for the next batch', async () => {
    const nodes: Readonly<Record<string, NodeText>> = {
      a: ['queueStream', { batches: [[1, 2], [4], [2], [1]] }],
      pairs: ['map', { fn: 'x => { if (x === 4) throw new Error("four"); return [x, 1] }' }, 'a'],
      state: ['updateStateByKey', { fn: count }, 'pairs'],
      x: ['print', {}, 'state'],
      y: ['print', {}, 'state'],
      z: ['print', {}, 'a'],
    }
    const run = await runAtOnce(documentOf(nodes, { master: 'local[2]', conf: concurrent(3) }), 4)
    const failed = inOrder(run).map(({ failures }) => failures.map(({ node, message }) => `${node}: ${message}`))
    // The state behind the failed batch needs it, and fails with it, as in Spark.
    expect(failed).toEqual([[], ['pairs: Error: four'], ['pairs: Error: four'], ['pairs: Error: four']])
    expect(inOrder(run)[1]?.outputs.find(({ id }) => id === 2)?.rows).toEqual([4])
  })

  test('recover a run whose batches overtook each other', async () => {
    const document = documentOf(
      { a: rows, ...graphs['state, and a window over it'] },
      { master: 'local[2]', conf: concurrent(3) },
    )
    const whole = await runAtOnce(document, 12)
    const store = new MemoryCheckpointStore()
    await runAtOnce(document, 12, { killAfterMs: 6000, store })
    const rest = await runPipeline(document, { batches: 12, store })
    const known = new Map(inOrder(whole).map((batch) => [batch.timeMs, batch.outputs]))
    expect(rest.batches.length).toBeGreaterThan(5)
    for (const { timeMs, outputs } of inOrder(rest)) expect(outputs).toEqual(known.get(timeMs))
  })
})
