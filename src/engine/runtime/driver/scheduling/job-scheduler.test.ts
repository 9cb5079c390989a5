import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { answer, type BenchOptions, makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'

// The driver with executors that do as a test says.

const document = documentOf({
  a: ['simulatedTextStream', { rowsPerSecond: 1 }],
  words: ['map', { fn: 'x => x' }, 'a'],
  first: ['print', {}, 'words'],
  second: ['print', {}, 'a'],
})
const DEADLINE_MS = 3000

async function bench(options: BenchOptions = {}) {
  const made = makeBench(document, { clock: 1, ...options })
  await made.start()
  return made
}
const timesOf = (batches: readonly { readonly info: { readonly batchTimeMs: number } }[]): number[] =>
  batches.map(({ info }) => info.batchTimeMs)

describe('batches', () => {
  test('queue while one is slow, and run in order', async () => {
    let slow = true
    const { pass, told, context, orders, attach } = await bench({ act: () => (slow ? 'hang' : 'answer') })
    await pass(2900)
    expect(told.infos.map(({ batchTimeMs, status }) => [batchTimeMs, status])).toEqual([
      [1000, 'queued'],
      [1000, 'processing'],
      [1000, 'processing'],
      [2000, 'queued'],
    ])
    expect(context.waitingBatches).toBe(2)
    slow = false
    // The deadline of the first passes; new executors run what waits.
    await pass(1100)
    await attach()
    await settle()
    expect(timesOf(told.completed)).toEqual([1000, 2000, 3000, 4000])
    expect(orders.map(({ timeMs, jobs }) => [timeMs, jobs[0].output])).toEqual(
      [1000, 1000, 2000, 3000, 4000].flatMap((timeMs, place) =>
        place === 0 ? [[timeMs, 0]] : [0, 1].map((output) => [timeMs, output]),
      ),
    )
    expect(context.waitingBatches).toBe(0)
  })

  test('know their delays: scheduling, processing, total', async () => {
    const held: (() => void)[] = []
    const { pass, told, timers } = await bench({ act: () => 'hang' })
    expect(held).toEqual([])
    await pass(1000)
    const [submitted, started] = told.infos
    expect(submitted).toMatchObject({ status: 'queued', submissionMs: 1000, numRecords: 1 })
    expect(submitted).not.toHaveProperty('schedulingDelayMs')
    expect(submitted?.outputs.map(({ id, name }) => [id, name])).toEqual([
      [0, 'print at first'],
      [1, 'print at second'],
    ])
    expect(started).toMatchObject({ status: 'processing', processingStartMs: 1000, schedulingDelayMs: 0 })
    expect(started).not.toHaveProperty('totalDelayMs')
    expect(timers.now()).toBe(1000)
  })

  test('have a scheduling delay while they wait for executors', async () => {
    const made = makeBench(document, { clock: 1 })
    // Started without executors: they come later.
    const started = made.context.start()
    await settle()
    await started
    await made.pass(1500)
    await made.attach()
    await settle()
    const [first] = made.told.completed
    expect(first?.info).toMatchObject({
      submissionMs: 1000,
      processingStartMs: 1500,
      processingEndMs: 1500,
      schedulingDelayMs: 500,
      processingDelayMs: 0,
      totalDelayMs: 500,
    })
  })

  test('run all their jobs, and stay pending only when the last one failed', async () => {
    const failure = { node: 'words', message: 'A' }
    for (const [output, pending] of [
      [0, []],
      [1, [1000]],
    ] as const) {
      const { pass, told, store } = await bench({
        act: ({ timeMs }) => (timeMs === 1000 ? { output, failure } : 'answer'),
      })
      await pass(2500)
      expect(timesOf(told.completed)).toEqual([1000, 2000])
      expect(told.completed[0]?.info.outputs.map(({ failureReason }) => failureReason)).toEqual(
        output === 0 ? ['A', undefined] : [undefined, 'A'],
      )
      expect(told.failures).toMatchObject([{ timeMs: 1000, node: 'words', message: 'A' }])
      expect(readStoredRun(await store.read())?.metadata.pending).toEqual(pending)
    }
  })
})

describe('executors', () => {
  test('that hang are replaced; the batch is traced, its node named, and the run goes on', async () => {
    const { pass, told, attach, closed, plan } = await bench({
      act: (order, executor) => {
        if (order.timeMs !== 1000 || order.jobs[0].output === 1) return 'answer'
        if (!order.traced) return 'hang'
        // The first waits for the second, which is in a function.
        return executor === 0
          ? [
              { kind: 'at', seq: order.seq, node: 'a' },
              { kind: 'at', seq: order.seq, node: '' },
            ]
          : [{ kind: 'at', seq: order.seq, node: 'words' }]
      },
    })
    await pass(1000 + DEADLINE_MS)
    expect(told.losses).toMatchObject([{ kind: 'deadline' }])
    expect(closed).toHaveLength(plan.executors)
    await attach()
    await pass(DEADLINE_MS)
    expect(told.losses).toMatchObject([{ kind: 'deadline' }, { kind: 'deadline', node: 'words' }])
    expect(told.failures).toMatchObject([{ timeMs: 1000, node: 'words' }])
    await attach()
    await settle()
    expect(timesOf(told.completed).slice(0, 3)).toEqual([1000, 2000, 3000])
    // The other output does not need that node.
    expect(told.completed[0]?.info.outputs.map(({ failureReason }) => failureReason !== undefined)).toEqual([
      true,
      false,
    ])
    expect(told.states).toEqual(['ACTIVE'])
  })

  test('that are replaced while they load are waited for no longer', async () => {
    const { pass, told, attach, context, plan } = await bench()
    const silent = { post: () => {}, listen: () => {}, grant: () => {}, onViolation: () => {}, close: () => {} }
    const first = context.attach(Array.from({ length: plan.executors }, () => silent))
    await attach()
    expect((await first).ok).toBe(true)
    await pass(DEADLINE_MS + 1000)
    expect(told.states).toEqual(['ACTIVE'])
    expect(timesOf(told.completed)).toEqual([1000, 2000, 3000, 4000])
  })

  test('may be replaced three times a minute, then the run stops and says why', async () => {
    const { pass, told, attach } = await bench({ act: () => 'hang' })
    await pass(1000)
    for (let loss = 1; loss <= 3; loss++) {
      await pass(DEADLINE_MS)
      expect(told.losses).toHaveLength(loss)
      await attach()
      await settle()
    }
    expect(told.states).toEqual(['ACTIVE'])
    await pass(DEADLINE_MS)
    expect(told.losses).toHaveLength(3)
    expect(told.states[1]).toMatch(/^STOPPED: The batch did not finish within 3000 ms/)
  })

  test('that send more than they were asked for are closed unread', async () => {
    const flood = Array.from({ length: 1000 }, () => ({ kind: 'log', text: 'x' }))
    const { pass, told, attach } = await bench({
      act: ({ timeMs, seq }) => (timeMs === 1000 && seq === 1 && told.losses.length === 0 ? flood : 'answer'),
    })
    await pass(1000)
    expect(told.losses).toMatchObject([{ kind: 'violation' }])
    await attach()
    await settle()
    expect(timesOf(told.completed)).toEqual([1000])
    expect(told.failures).toEqual([])
  })

  const hostile: readonly (readonly [string, (seq: number) => readonly unknown[]])[] = [
    ['no object', () => ['hello']],
    ['null', () => [null]],
    ['an unknown kind', () => [{ kind: 'constructor' }]],
    ['a second loading', () => [{ kind: 'loaded' }]],
    ['a part of another batch', (seq) => [{ kind: 'part', seq: seq + 1, part: 0, parts: 1, text: '{}' }]],
    ['parts out of order', (seq) => [{ kind: 'part', seq, part: 1, parts: 2, text: '{}' }]],
    ['more parts than there may be', (seq) => [{ kind: 'part', seq, part: 0, parts: 65, text: '' }]],
    ['text that is not JSON', (seq) => [{ kind: 'part', seq, part: 0, parts: 1, text: '{' }]],
    ['a reply without jobs', (seq) => [{ kind: 'part', seq, part: 0, parts: 1, text: '{"timeMs":1}' }]],
    [
      'times that are no numbers',
      (seq) => [{ kind: 'part', seq, part: 0, parts: 1, text: '{"timeMs":null,"jobs":[],"nodes":[],"snapshots":[]}' }],
    ],
    [
      'negative counts',
      (seq) => [
        {
          kind: 'part',
          seq,
          part: 0,
          parts: 1,
          text: '{"timeMs":1,"jobs":[],"nodes":[{"node":"a","partitions":[{"partition":0,"records":-1,"sample":[]}]}],"snapshots":[]}',
        },
      ],
    ],
  ]
  test.each(hostile)('that answer with %s are replaced', async (_what, messages) => {
    const { pass, told, attach } = await bench({
      act: ({ seq }) => (told.losses.length === 0 ? messages(seq) : 'answer'),
    })
    await pass(1000)
    expect(told.losses).toMatchObject([{ kind: 'violation' }])
    await attach()
    await settle()
    expect(timesOf(told.completed)).toEqual([1000])
  })

  test('that failed themselves say so, and the batch runs on others', async () => {
    const { pass, told, attach } = await bench({
      act: () => (told.losses.length === 0 ? [{ kind: 'broken', message: 'Error: cannot be' }] : 'answer'),
    })
    await pass(1000)
    expect(told.losses).toMatchObject([{ kind: 'gone', reason: 'An executor failed: Error: cannot be' }])
    await attach()
    await settle()
    expect(timesOf(told.completed)).toEqual([1000])
  })

  test('that speak of nodes there are not, of __proto__ too, are not heard', async () => {
    const text = (order: Parameters<typeof answer>[0]): string => {
      const message = answer(order)
      const reply = message.kind === 'part' ? message.text : ''
      const partitions = '[{"partition":0,"records":1,"sample":[]}]'
      return reply.replace('"nodes":[]', `"nodes":[{"node":"__proto__","partitions":${partitions}}]`)
    }
    const { pass, told } = await bench({
      act: (order) => [{ kind: 'part', seq: order.seq, part: 0, parts: 1, text: text(order) }],
    })
    await pass(1000)
    // Its own streams, whose RDDs the answer counts no records of.
    expect(Object.keys(told.completed[0]?.data.nodes ?? {})).toEqual(['a', 'words'])
  })

  test('that are replaced while they run a batch are not asked for again', async () => {
    const { pass, attach, told, orders } = await bench({
      act: ({ timeMs, traced }) => (traced || timeMs > 1000 ? 'answer' : 'hang'),
    })
    await pass(1500)
    await attach()
    await settle()
    expect(told.losses).toEqual([])
    expect(timesOf(told.completed)).toEqual([1000])
    expect(orders.map(({ timeMs, seq, jobs }) => [timeMs, seq, jobs[0].output])).toEqual([
      [1000, 1, 0],
      [1000, 1, 0],
      [1000, 2, 1],
    ])
    await pass(1000)
    expect(timesOf(told.completed)).toEqual([1000, 2000])
    // What went well needs no more tracing.
    expect(orders.map(({ traced }) => traced)).toEqual([false, true, true, false, false])
  })

  test('that are new are told the whole lineage, and blocks of their own partitions only', async () => {
    const { pass, attach, orders, told } = await bench({
      act: ({ timeMs, traced }) => (timeMs === 3000 && !traced ? 'hang' : 'answer'),
    })
    await pass(3000 + DEADLINE_MS)
    expect(told.losses).toHaveLength(1)
    await attach()
    await settle()
    const again = orders.find(({ timeMs, traced }) => timeMs === 3000 && traced)
    expect(again?.seq).toBe(1)
    expect(again?.rdds.length).toBe(orders.find(({ timeMs }) => timeMs === 3000)?.rdds.length)
  })
})

test('with all cores taken by receivers batches only queue, and a stop does not wait for them', async () => {
  const starved = makeBench(documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] }, { master: 'local[1]' }), {
    clock: 1,
  })
  await starved.start()
  await starved.pass(5500)
  expect(starved.told.warnings.join()).toContain('Use local[n], n > number of receivers')
  expect(starved.context.waitingBatches).toBe(5)
  expect(starved.told.completed).toEqual([])
  await starved.context.stop({ graceful: true })
  expect(starved.told.states.at(-1)).toBe('STOPPED')
})
