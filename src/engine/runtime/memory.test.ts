import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import type { DriverMessage } from '#engine/runtime/wire.ts'

// A run that lasts for ever keeps no more than its windows and checkpoints need. `npm run soak:memory` looks at the heap over 100,000 batches.

const print = (from: string): NodeText => ['print', { num: 1 }, from]
const count = '(values, state) => (state ?? 0) + values.length'

/** Counts the RDDs that an executor has been told and not yet told to forget. */
function liveRdds() {
  const live = new Set<number>()
  const most: number[] = []
  const see = (executor: number, message: unknown): void => {
    const order = message as DriverMessage // the driver's own message
    if (executor !== 0 || order.kind !== 'batch') return
    for (const { id } of order.rdds) live.add(id)
    most.push(live.size)
    for (const id of order.forget) live.delete(id)
  }
  return { most, see }
}

test('8,000 batches of a stateless, a windowed and a stateful stream leave no more behind than 100', {
  timeout: 120_000,
}, async () => {
  const document = documentOf(
    {
      rows: ['simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: 1, partitions: 1 }],
      pairs: ['map', { fn: 'i => [i % 3, 1]' }, 'rows'],
      sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
      window: ['window', { windowMs: 3000, slideMs: 2000 }, 'sums'],
      inverse: [
        'reduceByKeyAndWindow',
        { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 2000 },
        'pairs',
      ],
      state: ['updateStateByKey', { fn: count }, 'pairs'],
      one: print('sums'),
      two: print('window'),
      three: print('inverse'),
      four: print('state'),
    },
    { master: 'local[1]' },
  )
  const { most, see } = liveRdds()
  const store = new MemoryCheckpointStore()
  const run = await runPipeline(document, { batches: 8_000, onPost: see, store })
  expect(run.failures).toEqual([])
  expect(run.batches).toHaveLength(8_000)
  expect(Math.max(...most.slice(-1000))).toBe(Math.max(...most.slice(90, 1090)))
  expect(Math.max(...most)).toBeLessThan(250)
  // Two metadata; of two states what became other back to the whole before the last but one, at most four hundred edits each.
  expect((await store.read()).size).toBeLessThan(2 * 300)
})

test('failing batches keep a state no longer than its lineage is cut', async () => {
  const document = documentOf({
    a: ['simulatedTextStream', { rowsPerSecond: 1 }],
    pairs: ['map', { fn: 'line => [line.length, 1]' }, 'a'],
    state: ['updateStateByKey', { fn: count }, 'pairs'],
    bad: ['map', { fn: 'pair => pair.missing.property' }, 'state'],
    broken: print('bad'),
    out: print('state'),
  })
  const { most, see } = liveRdds()
  const run = await runPipeline(document, { batches: 300, onPost: see })
  expect(run.batches).toHaveLength(300)
  expect(run.failures).toHaveLength(300)
  expect(Math.max(...most)).toBeLessThan(100)
})

test('a state that nobody asked for in 1,500 batches is made without exhausting the stack', {
  timeout: 60_000,
}, async () => {
  const document = documentOf(
    {
      a: ['simulatedTextStream', { generator: 'custom', fn: 'i => [0, 1]', rowsPerSecond: 1, partitions: 1 }],
      state: ['updateStateByKey', { fn: count }, 'a'],
      rarely: ['window', { windowMs: 1000, slideMs: 1_500_000 }, 'state'],
      out: print('rarely'),
    },
    { master: 'local[1]', conf: { 'sluice.batchDeadline': '60s' } },
  )
  const run = await runPipeline(document, { batches: 1500, collect: ['rarely'] })
  expect(run.failures).toEqual([])
  expect(run.recordsOf('rarely')).toEqual([{ timeMs: 1_500_000, partitions: [1], records: [[0, 1500]] }])
})

test('unions of unions are walked once per stream, not once per path', async () => {
  const nodes: Record<string, NodeText> = { u0: ['queueStream', { batches: [], defaultBatch: null }] }
  for (let level = 1; level <= 50; level++) nodes[`u${level}`] = ['union', {}, `u${level - 1}`, `u${level - 1}`]
  const run = await runPipeline(documentOf({ ...nodes, out: print('u50') }), { batches: 3 })
  expect(run.failures).toEqual([])
  expect(run.batches).toHaveLength(3)
})
