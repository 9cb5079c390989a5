import { expect, test } from 'vitest'
import type { BatchMemory } from '#engine/model/batch-info.ts'
import type { Json } from '#engine/model/json.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// spark.executor.memory: what executors keep is estimated, and a batch that would keep more fails.

const pairs = (from: number, count: number): Json[] =>
  Array.from({ length: count }, (_, n) => [`key number ${from + n}`, 1])

async function run(nodes: Readonly<Record<string, NodeText>>, batches: readonly (readonly Json[])[], memory: string) {
  const finished = await runPipeline(
    documentOf(
      { a: ['queueStream', { batches: [] }], ...nodes },
      { conf: { 'spark.executor.memory': memory }, master: 'local[2]' },
    ),
    { batches: batches.length, inputs: { a: { batches, partitions: 2 } }, collect: ['state'] },
  )
  const failed = finished.failures.map(({ timeMs, node, message }) => [timeMs, node, message] as const)
  return { failed, sizes: finished.recordsOf('state').map(({ records }) => records.length) }
}

const count = '(values, state) => (values.length === 0 && state > 0 ? undefined : (state ?? 0) + values.length)'
const state: NodeText = ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length' }, 'a']

test('a state that grows beyond the budget fails with a message that names it, and other outputs go on', async () => {
  const batches = Array.from({ length: 6 }, (_, batch) => pairs(1000 * batch, 1000))
  const { failed } = await run(
    {
      state,
      out: ['print', {}, 'state'],
      counts: ['count', {}, 'a'],
      others: ['print', {}, 'counts'],
    },
    batches,
    '200k',
  )
  expect(failed.length).toBeGreaterThan(0)
  expect(new Set(failed.map(([, node]) => node))).toEqual(new Set(['state']))
  expect(failed[0]?.[0]).toBeGreaterThan(1000)
  expect(failed[0]?.[2]).toMatch(
    /^Executor \d would keep \d+ kB, and spark.executor.memory is 200 kB. Most of it, \d+ kB, is kept for "state". Make its window shorter/,
  )
  const fine = await run({ state, out: ['print', {}, 'state'] }, batches, '4m')
  expect(fine.failed).toEqual([])
})

test('when keys go the batches after it succeed, and miss nothing', async () => {
  const forgets: NodeText = ['updateStateByKey', { fn: count }, 'a']
  const batches = [pairs(0, 100), pairs(0, 2200), pairs(0, 100), pairs(0, 100)]
  const bounded = await run({ state: forgets, out: ['print', {}, 'state'] }, batches, '110k')
  expect(bounded.failed.map(([timeMs, node]) => [timeMs, node])).toEqual([[2000, 'state']])
  const free = await run({ state: forgets, out: ['print', {}, 'state'] }, batches, '1g')
  expect(free.failed).toEqual([])
  expect(bounded.sizes.slice(-2)).toEqual(free.sizes.slice(-2))
})

test('mapWithState and windows count as well', async () => {
  const batches = Array.from({ length: 8 }, (_, batch) => pairs(1000 * batch, 1000))
  const fn = '(key, value, state) => { state.update(value); return key }'
  const states = await run({ state: ['mapWithState', { fn }, 'a'], out: ['print', {}, 'state'] }, batches, '300k')
  expect(states.failed[0]?.[2]).toContain('is kept for "state"')
  const windows = await run(
    { state: ['window', { windowMs: 8000 }, 'a'], out: ['print', {}, 'state'] },
    batches,
    '300k',
  )
  expect(windows.failed[0]?.[2]).toContain('Executor')
})

test('each batch tells what was kept when it was over', async () => {
  const kept: (BatchMemory | undefined)[] = []
  await runPipeline(
    documentOf(
      { a: ['queueStream', { batches: [] }], state, out: ['print', {}, 'state'], others: ['print', {}, 'a'] },
      { conf: { 'spark.executor.memory': '4m' }, master: 'local[2]' },
    ),
    {
      batches: 3,
      inputs: { a: { batches: [[], pairs(0, 1000), pairs(1000, 1000)], partitions: 2 } },
      onCompleted: ({ memory }) => kept.push(memory),
    },
  )
  const [none, some, twice] = kept
  expect(none).toEqual({ keptBytes: 0, mostBytes: 0, budgetBytes: 4 * 2 ** 20 })
  expect(some?.keptBytes).toBeGreaterThan(30_000)
  expect(some?.mostBytes).toBeGreaterThan((some?.keptBytes ?? 0) / 2 - 1)
  expect(some?.mostBytes).toBeLessThan(some?.keptBytes ?? 0)
  expect(twice?.keptBytes).toBeGreaterThan(1.8 * (some?.keptBytes ?? 0))
})
