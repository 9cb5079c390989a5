import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { DyingStore } from '#engine/runtime/testing/dying-store.ts'
import { type FinishedRun, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Whatever dies, and whenever: every batch that runs afterwards gives what it would have given.

const words: Readonly<Record<string, NodeText>> = {
  lines: ['simulatedTextStream', { rowsPerSecond: 3 }],
  words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
  pairs: ['map', { fn: 'word => [word, 1]' }, 'words'],
}
const reduce = '(a, b) => a + b'

const pipelines: Readonly<Record<string, Readonly<Record<string, NodeText>>>> = {
  state: {
    ...words,
    result: [
      'updateStateByKey',
      { fn: '(values, state) => (state ?? 0) + values.length', checkpointMs: 3000 },
      'pairs',
    ],
    out: ['print', {}, 'result'],
  },
  'window with inverse': {
    ...words,
    result: ['reduceByKeyAndWindow', { reduce, inverse: '(a, b) => a - b', windowMs: 3000, slideMs: 1000 }, 'pairs'],
    out: ['print', {}, 'result'],
  },
  'windows that slide slower': {
    ...words,
    window: ['window', { windowMs: 4000, slideMs: 2000 }, 'pairs'],
    result: ['reduceByKey', { reduce }, 'window'],
    out: ['print', {}, 'result'],
    each: ['print', {}, 'words'],
  },
  join: {
    ...words,
    others: ['simulatedTextStream', { rowsPerSecond: 5 }],
    otherWords: ['flatMap', { fn: "line => line.split(' ')" }, 'others'],
    otherPairs: ['map', { fn: "word => [word, 'x']" }, 'otherWords'],
    result: ['join', {}, 'pairs', 'otherPairs>other'],
    out: ['print', {}, 'result'],
  },
  'state over a window of a state': {
    ...words,
    first: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length', checkpointMs: 2000 }, 'pairs'],
    window: ['window', { windowMs: 3000, slideMs: 1000 }, 'first'],
    result: [
      'updateStateByKey',
      { fn: '(values, state) => values.reduce((a, b) => a + b, state ?? 0)', checkpointMs: 5000 },
      'window',
    ],
    out: ['print', {}, 'result'],
  },
}

const BATCHES = 9
type Options = Partial<Parameters<typeof runPipeline>[1]>
const run = (nodes: Readonly<Record<string, NodeText>>, more: Options = {}): Promise<FinishedRun> =>
  runPipeline(documentOf(nodes), { batches: BATCHES, collect: ['result'], ...more })

/** Everything that a batch gave, by batch time. */
const dataOf = ({ batches }: FinishedRun) => new Map(batches.map(({ data }) => [data.timeMs, data]))

/** What the output operations of each batch gave. What was checkpointed is not made again, so that nodes above it show nothing. */
const outputsOf = ({ batches }: FinishedRun) => new Map(batches.map(({ data }) => [data.timeMs, data.outputs]))

/** The batches after a recovery are those of the whole run, none is missing, and those that run again are announced. */
function expectSame(whole: FinishedRun, before: FinishedRun, after: FinishedRun): void {
  const all = outputsOf(whole)
  const late = outputsOf(after)
  expect(after.failures).toEqual([])
  for (const [timeMs, outputs] of late) expect(outputs).toEqual(all.get(timeMs))
  const early = before.batches.map(({ data }) => data.timeMs)
  expect([...new Set([...early, ...late.keys()])].sort((a, b) => a - b)).toEqual([...all.keys()])
  for (const { info } of after.batches)
    expect(info.recovered).toBe(after.recovered?.rerunMs.includes(info.batchTimeMs) === true)
}

describe.each(Object.entries(pipelines))('%s', (_name, nodes) => {
  test('goes on when the driver dies after any batch', async () => {
    const whole = await run(nodes)
    for (let batch = 1; batch < BATCHES; batch++) {
      const store = new MemoryCheckpointStore()
      const before = await run(nodes, { store, killAfterMs: batch * 1000 })
      const after = await run(nodes, { store })
      expectSame(whole, before, after)
      const twice = before.batches.map(({ data }) => data.timeMs).filter((timeMs) => outputsOf(after).has(timeMs))
      expect(after.recovered?.rerunMs).toEqual(expect.arrayContaining(twice))
      expect(Math.max(...twice, 0)).toBeLessThanOrEqual(batch * 1000)
      expect(twice.length).toBeLessThanOrEqual(1)
    }
  })

  test('goes on when the driver dies at any write', async () => {
    const whole = await run(nodes)
    const probe = new DyingStore(new MemoryCheckpointStore(), Number.POSITIVE_INFINITY)
    await run(nodes, { store: probe })
    expect(probe.writes).toBeGreaterThan(2 * BATCHES)
    for (let write = 1; write <= probe.writes; write++) {
      const dying = new DyingStore(new MemoryCheckpointStore(), write)
      const before = await run(nodes, { store: dying, death: dying.death })
      const after = await run(nodes, { store: dying.kept })
      expectSame(whole, before, after)
    }
  })

  test('gives the same when executors are lost at any moment', async () => {
    const whole = await run(nodes)
    const moments = fc.uniqueArray(
      fc.record({ batch: fc.integer({ min: 1, max: BATCHES }), microtasks: fc.nat({ max: 60 }) }),
      {
        minLength: 1,
        maxLength: 3,
        selector: ({ batch }) => batch,
      },
    )
    await fc.assert(
      fc.asyncProperty(moments, async (losses) => {
        const pending = new Map(losses.map(({ batch, microtasks }) => [batch * 1000, microtasks]))
        const losesAt = (timeMs: number): number | undefined => pending.get(timeMs)
        const lossy = await run(nodes, { losesAt })
        expect(lossy.failures).toEqual([])
        expect(dataOf(lossy)).toEqual(dataOf(whole))
      }),
      { numRuns: 8 },
    )
  })
})

test('a driver that dies again and again loses nothing', async () => {
  const nodes = pipelines.state ?? {}
  const whole = await run(nodes)
  const store = new MemoryCheckpointStore()
  const seen = new Map<number, unknown>()
  for (let batch = 1; batch <= BATCHES; batch += 2) {
    const part = await run(nodes, { store, killAfterMs: batch * 1000 })
    for (const [timeMs, outputs] of outputsOf(part)) seen.set(timeMs, outputs)
  }
  expect(seen).toEqual(outputsOf(whole))
})
