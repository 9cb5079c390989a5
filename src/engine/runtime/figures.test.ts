import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { figuresKey } from '#engine/checkpoint/figure-log.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { metadataKey } from '#engine/checkpoint/metadata.ts'
import type { OutputsOfBatch } from '#engine/model/batch-data.ts'
import { KEPT_FIGURES } from '#engine/runtime/driver/outputs/figure-ledger.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { DyingStore } from '#engine/runtime/testing/dying-store.ts'
import { type FinishedRun, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// What charts and counters show is exactly-once: whatever dies, each batch is in a total once and on a chart once.

const nodes: Readonly<Record<string, NodeText>> = {
  lines: ['simulatedTextStream', { rowsPerSecond: 3 }],
  words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
  pairs: ['map', { fn: 'word => [word, word.length / 10]' }, 'words'],
  seen: ['counter', {}, 'words'],
  tenths: ['counter', { measure: 'sum' }, 'pairs'],
  drawn: ['chart', { top: 3, combine: 'average' }, 'pairs'],
}
const BATCHES = 8
type Options = Partial<Parameters<typeof runPipeline>[1]>
const run = (more: Options = {}, batches = BATCHES): Promise<FinishedRun> =>
  runPipeline(documentOf(nodes), { batches, ...more })

type Shown = Map<string, unknown>

/** The figures that a screen holds: by batch and node, the newer in the place of the older. */
function show(screen: Shown, batches: readonly OutputsOfBatch[]): void {
  for (const { timeMs, outputs } of batches)
    for (const { node, figures } of outputs) if (figures !== undefined) screen.set(`${timeMs} ${node}`, figures)
}

/** What a page shows that was reloaded: first what was restored, then what came. */
function reloaded({ recovered, batches }: FinishedRun): Shown {
  const screen: Shown = new Map()
  show(screen, recovered?.figures ?? [])
  show(
    screen,
    batches.map(({ data }) => data),
  )
  return screen
}

const sorted = (screen: Shown) => [...screen].sort(([a], [b]) => a.localeCompare(b))

test('a total is what all batches come to', async () => {
  const { batches } = await run()
  const counts = batches.map(({ data }) => data.outputs.find(({ node }) => node === 'seen')?.figures)
  let total = 0
  for (const figures of counts) {
    total += figures?.points[0]?.value ?? Number.NaN
    expect(figures?.total).toBe(total)
  }
  expect(total).toBeGreaterThan(BATCHES)
})

describe('after a death of the driver', () => {
  test('at any write, the screen shows what it would have shown', async () => {
    const whole = sorted(reloaded(await run()))
    const probe = new DyingStore(new MemoryCheckpointStore(), Number.POSITIVE_INFINITY)
    await run({ store: probe })
    for (let write = 1; write <= probe.writes; write++) {
      const dying = new DyingStore(new MemoryCheckpointStore(), write)
      await run({ store: dying, death: dying.death })
      const after = await run({ store: dying.kept })
      expect([write, sorted(reloaded(after))]).toEqual([write, whole])
    }
  })

  test('and again and again', async () => {
    const whole = sorted(reloaded(await run()))
    const deaths = fc.array(fc.integer({ min: 1, max: BATCHES }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(deaths, async (times) => {
        const store = new MemoryCheckpointStore()
        for (const batch of times) await run({ store, killAfterMs: batch * 1000 }, BATCHES)
        const last = await run({ store })
        expect(sorted(reloaded(last))).toEqual(whole)
      }),
      { numRuns: 8 },
    )
  })

  test('that finds only the older metadata, no batch is lost or counted twice', async () => {
    const whole = sorted(reloaded(await run()))
    const store = new MemoryCheckpointStore()
    await run({ store, killAfterMs: 5000 })
    const slot = readStoredRun(await store.read())?.slot ?? 0
    await store.write({ put: new Map([[metadataKey(slot), 'torn']]), remove: [] })
    expect(sorted(reloaded(await run({ store })))).toEqual(whole)
  })
})

test('old batches are folded into the totals: what is stored stays small, and nothing is lost', async () => {
  const batches = KEPT_FIGURES + 20
  const document = documentOf({
    numbers: ['constantStream', { records: [1, 2] }],
    sum: ['counter', { measure: 'sum' }, 'numbers'],
  })
  const store = new MemoryCheckpointStore()
  await runPipeline(document, { batches, store, killAfterMs: (batches - 5) * 1000 })
  const keys = [...(await store.read()).keys()].filter((key) => key.startsWith('figures/'))
  expect(keys.length).toBeGreaterThanOrEqual(KEPT_FIGURES)
  expect(keys.length).toBeLessThanOrEqual(KEPT_FIGURES + 3)
  expect(keys).not.toContain(figuresKey(1000))
  const { batches: ran, recovered } = await runPipeline(document, { batches, store })
  expect(recovered?.figures?.length).toBeGreaterThanOrEqual(KEPT_FIGURES)
  expect(ran.at(-1)?.data.outputs[0]?.figures?.total).toBe(batches * 3)
})

test('a batch that fails adds nothing, also while it may run again', async () => {
  const failing = documentOf({
    numbers: ['queueStream', { batches: [[1], ['x'], [3]] }],
    sum: ['counter', { measure: 'sum' }, 'numbers'],
    count: ['counter', {}, 'numbers'],
  })
  const { batches, failures } = await runPipeline(failing, { batches: 3 })
  expect(failures).toMatchObject([{ timeMs: 2000, node: 'sum', record: '"x"' }])
  const totals = batches.map(({ data }) => data.outputs.map(({ node, figures }) => [node, figures?.total]))
  expect(totals).toEqual([
    [
      ['sum', 1],
      ['count', 1],
    ],
    [
      ['sum', undefined],
      ['count', 2],
    ],
    [
      ['sum', 4],
      ['count', 3],
    ],
  ])
})

test('a document that measures something else since then begins anew', async () => {
  const store = new MemoryCheckpointStore()
  const counting = (params: object) =>
    documentOf({ numbers: ['constantStream', { records: [5] }], sum: ['counter', params, 'numbers'] })
  await runPipeline(counting({}), { batches: 4, store, killAfterMs: 2000 })
  const { batches, recovered } = await runPipeline(counting({ measure: 'sum' }), { batches: 4, store })
  expect(recovered?.figures?.flatMap(({ outputs }) => outputs)).toEqual([])
  expect(batches.at(-1)?.data.outputs[0]?.figures?.total).toBe(batches.length * 5)
})
