import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { ManualClock } from '#engine/runtime/testing/manual-clock.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// A wall clock that jumps: what a down time or a sleep leaves to be run, and what leaving it out means to states and windows.

const BATCHES = 30
const numbers = Array.from({ length: BATCHES }, (_, batch) => [batch + 1])
const nodes: Readonly<Record<string, NodeText>> = {
  numbers: ['queueStream', { batches: [] }],
  pairs: ['map', { fn: "x => ['all', x]" }, 'numbers'],
  state: [
    'updateStateByKey',
    { fn: '(values, state) => values.reduce((a, b) => a + b, state ?? 0)', checkpointMs: 4000 },
    'pairs',
  ],
  window: [
    'reduceByKeyAndWindow',
    { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 5000, slideMs: 1000 },
    'pairs',
  ],
  slow: ['window', { windowMs: 6000, slideMs: 2000 }, 'pairs'],
  sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'slow'],
  out: ['print', {}, 'state'],
  out2: ['print', {}, 'window'],
  out3: ['print', {}, 'sums'],
}
const clockAt = (nowMs: number): ManualClock => new ManualClock(nowMs, BATCHES * 1000)
const collect = ['state', 'window', 'sums']

const run = (more: Partial<RunOptions>): Promise<FinishedRun> =>
  runPipeline(documentOf(nodes), { batches: BATCHES, collect, inputs: { numbers: { batches: numbers } }, ...more })

/** What each node's only key has by batch, made from the batches that ran alone. */
function expected(ran: (batch: number) => boolean, node: string, batch: number): number {
  const spans: Readonly<Record<string, number>> = { state: BATCHES, window: 5, sums: 6 }
  const span = spans[node] ?? 0
  let sum = 0
  for (let each = Math.max(1, batch - span + 1); each <= batch; each++) if (ran(each)) sum += each
  return sum
}

function expectBatches(finished: FinishedRun, ran: (batch: number) => boolean, from: number): void {
  expect(finished.failures).toEqual([])
  for (const node of collect) {
    for (const { timeMs, records } of finished.recordsOf(node)) {
      const batch = timeMs / 1000
      expect([node, batch, records]).toEqual([node, batch, [['all', expected(ran, node, batch)]]])
    }
  }
  const times = finished.batches.map(({ info }) => info.batchTimeMs / 1000)
  const all = Array.from({ length: BATCHES }, (_, place) => place + 1)
  expect(times).toEqual(all.filter((batch) => batch >= from && ran(batch)))
}

/** Runs to a batch, dies, and gives what is stored. */
async function died(batch: number): Promise<MemoryCheckpointStore> {
  const store = new MemoryCheckpointStore()
  const clock = clockAt(500)
  await run({
    store,
    clock,
    killAfterMs: batch * 1000,
    drive: () => clock.moveTo(1000),
    onCompleted: ({ batchTimeMs }) => {
      if (batchTimeMs < batch * 1000) clock.moveTo(batchTimeMs + 1000)
    },
  })
  return store
}

describe('after a down time', () => {
  test.each([3, 15])('of %i batches every one of them runs, in order', async (missed) => {
    const store = await died(7)
    const clock = clockAt((7 + missed) * 1000 + 500)
    const after = await run({ store, clock, onCompleted: ({ batchTimeMs }) => clock.moveTo(batchTimeMs + 1000) })
    expectBatches(after, () => true, 7)
    expect(after.recovered).toMatchObject({ missedCount: missed, rerunCount: missed + 1 })
  })

  test.each([1, 3, 4, 15])(
    'of %i batches that are left out, states and windows are as if these had had no data',
    async (missed) => {
      const store = await died(7)
      const clock = clockAt((7 + missed) * 1000 + 500)
      const after = await run({
        store,
        clock,
        skipMissed: true,
        onCompleted: ({ batchTimeMs }) => clock.moveTo(Math.max(clock.now(), batchTimeMs + 1000)),
        drive: () => clock.moveTo((7 + missed + 1) * 1000),
      })
      const ran = (batch: number): boolean => batch <= 7 || batch > 7 + missed
      expectBatches(after, ran, 7)
      expect(after.recovered).toMatchObject({ missedCount: 0, rerunCount: 1 })
    },
  )

  test('the gap is still one when the driver dies again soon', async () => {
    const ran = (batch: number): boolean => batch <= 7 || batch > 12
    for (const secondDeath of [13, 14, 16, 19]) {
      const store = await died(7)
      const clock = clockAt(12_500)
      const moveOn = ({ batchTimeMs }: { batchTimeMs: number }): void => {
        if (batchTimeMs < secondDeath * 1000) clock.moveTo(Math.max(clock.now(), batchTimeMs + 1000))
      }
      const drive = (): void => clock.moveTo(13_000)
      await run({ store, clock, skipMissed: true, killAfterMs: secondDeath * 1000, onCompleted: moveOn, drive })
      const later = clockAt(secondDeath * 1000 + 500)
      const after = await run({
        store,
        clock: later,
        onCompleted: ({ batchTimeMs }) => later.moveTo(batchTimeMs + 1000),
      })
      expectBatches(after, ran, secondDeath)
    }
  })
})

describe('while it runs', () => {
  test('a computer that slept makes up for every tick', async () => {
    const clock = clockAt(500)
    const finished = await run({
      clock,
      drive: () => clock.moveTo(1000),
      onCompleted: ({ batchTimeMs }) =>
        clock.moveTo(Math.max(clock.now(), batchTimeMs === 3000 ? 22_100 : batchTimeMs + 1000)),
    })
    expectBatches(finished, () => true, 1)
  })

  test('what comes too late is left out unasked where the pipeline says so', async () => {
    const clock = clockAt(500)
    const document = documentOf(nodes, { conf: { 'sluice.skipMissedBatches': true } })
    const finished = await runPipeline(document, {
      ...{ batches: BATCHES, collect, inputs: { numbers: { batches: numbers } }, clock },
      drive: () => clock.moveTo(1000),
      onCompleted: ({ batchTimeMs }) =>
        clock.moveTo(Math.max(clock.now(), batchTimeMs === 3000 ? 22_100 : batchTimeMs + 1000)),
    })
    // What is less than ten batches late was only slow.
    expectBatches(finished, (batch) => batch <= 3 || batch > 12, 1)
  })

  test('what waits can be left out: what runs already comes to its end, and the next tick follows it', async () => {
    const clock = clockAt(500)
    let skip: (() => void) | undefined
    let firstMs = Number.NaN
    const finished = await run({
      clock,
      drive: (context) => {
        skip = () => {
          expect(context.missed.progress).toMatchObject({ why: 'late', paused: false })
          context.missed.skip()
          expect(context.missed.progress).toBeUndefined()
        }
        clock.moveTo(1000)
      },
      onCompleted: ({ batchTimeMs }) => {
        if (batchTimeMs === 6000) skip?.()
        if (batchTimeMs > 6000 && Number.isNaN(firstMs)) firstMs = batchTimeMs
        clock.moveTo(Math.max(clock.now(), batchTimeMs === 3000 ? 22_100 : batchTimeMs + 1000))
        if (batchTimeMs >= 8000 && clock.now() < 23_000) clock.moveTo(23_000)
      },
    })
    const times = new Set(finished.batches.map(({ info }) => info.batchTimeMs / 1000))
    expect(times.has(23)).toBe(true)
    expect(times.size).toBeLessThan(20)
    expectBatches(finished, (batch) => times.has(batch), 1)
  })
})
