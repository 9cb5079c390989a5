import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import * as contents from './checkpoint-contents.ts'
import { FaultDesk } from './fault-desk.ts'

// What the checkpoint directory suffers on demand, and what is told of it; the store itself and the run that follows say what is true.

const EVERY = 5
const checkpointMs = EVERY * 1000
const numbers: NodeText = ['simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: 10 }]
const document = documentOf({
  numbers,
  pairs: ['map', { fn: "i => ['key' + i % 7, 1]" }, 'numbers'],
  kept: [
    'updateStateByKey',
    { fn: '(ones, n = 0) => n + ones.length', checkpointMs: EVERY * 1000, numPartitions: 3 },
    'pairs',
  ],
  out: ['print', { num: 100 }, 'kept'],
})

async function play(
  kept: MemoryCheckpointStore,
  options: Partial<RunOptions> & { at?: (timeMs: number, desk: FaultDesk) => void },
) {
  const desk = new FaultDesk(
    kept,
    () => performance.now(),
    async () => contents,
  )
  const told = new Map<string, Incident>()
  let context: StreamingContext | undefined
  const { at, ...rest } = options
  const run = await runPipeline(document, {
    batches: 16,
    collect: ['kept'],
    store: desk.store,
    drive: (started) => {
      context = started
      desk.serve(started)
    },
    onIncident: (incident) => told.set(incident.id, incident),
    onCompleted: ({ batchTimeMs }) => {
      if (context !== undefined) at?.(batchTimeMs, desk)
    },
    ...rest,
  })
  return { run, desk, incidents: [...told.values()] }
}

const statesOf = ({ run }: Awaited<ReturnType<typeof play>>) =>
  new Map(run.recordsOf('kept').map(({ timeMs, records }) => [timeMs, records]))

describe('a full storage', () => {
  test('stores nothing until it is free, and loses nothing', async () => {
    const whole = statesOf(await play(new MemoryCheckpointStore(), { batches: 40 }))
    const kept = new MemoryCheckpointStore()
    const { run, incidents } = await play(kept, {
      batches: 40,
      at: (timeMs, desk) => {
        if (timeMs === 4000 || timeMs === 9000) void desk.inject({ kind: 'quota', full: timeMs === 4000 })
      },
    })
    const [incident] = incidents
    expect(incident).toMatchObject({ kind: 'quota', onDemand: true, settled: true })
    if (incident?.kind !== 'quota') throw new Error('a full storage is told')
    expect(incident.failedWrites).toBeGreaterThan(0)
    // A run may be over before the next attempt to write.
    expect(incident.freedMs ?? 9000).toBeGreaterThanOrEqual(9000)
    expect(new Map(run.recordsOf('kept').map(({ timeMs, records }) => [timeMs, records]))).toEqual(whole)
    expect(run.failures).toEqual([])
  })

  test('says truly where a driver that dies now goes back to', async () => {
    const kept = new MemoryCheckpointStore()
    const before = await play(kept, {
      killAfterMs: 11_000,
      at: (timeMs, desk) => {
        if (timeMs === 6000) void desk.inject({ kind: 'quota', full: true })
      },
    })
    const [incident] = before.incidents
    const storedMs = incident?.kind === 'quota' ? incident.storedMs : undefined
    const after = await play(kept, {})
    // The write that was under way when it became full still came through.
    expect(after.run.recovered?.checkpointMs).toBeGreaterThanOrEqual(storedMs ?? Number.POSITIVE_INFINITY)
    expect(after.run.recovered?.checkpointMs).toBeLessThan(11_000)
    const whole = statesOf(await play(new MemoryCheckpointStore(), {}))
    for (const [timeMs, records] of statesOf(after)) expect(records).toEqual(whole.get(timeMs))
  })
})

describe.each(['metadata', 'state'] as const)('damaged %s', (what) => {
  test('is passed over by the next driver, which counts the same', async () => {
    const whole = statesOf(await play(new MemoryCheckpointStore(), {}))
    for (let batch = 3; batch <= 13; batch += 2) {
      const kept = new MemoryCheckpointStore()
      let die = (): void => {}
      const death = new Promise<void>((resolve) => {
        die = resolve
      })
      let text = new Map<string, string>()
      const before = await play(kept, {
        death,
        at: (timeMs, desk) => {
          if (timeMs === batch * 1000)
            void kept.read().then(async (entries) => {
              text = new Map(entries)
              expect(await desk.inject({ kind: 'corruption', what })).toEqual({ ok: true, value: undefined })
              die()
            })
        },
      })
      expect(text.size).toBeGreaterThan(0)
      const after = await play(kept, {})
      expect(after.run.recovered).toBeDefined()
      const seen = new Map([...statesOf(before), ...statesOf(after)])
      expect(seen).toEqual(whole)
    }
  })
})

test('the report names what is stored, and how far back the state leads', async () => {
  const kept = new MemoryCheckpointStore()
  const reports: (readonly [number, Promise<CheckpointReport>])[] = []
  const { desk } = await play(kept, { at: (timeMs, open) => reports.push([timeMs, open.report()]) })
  for (const [timeMs, report] of reports) {
    const [stream] = (await report).lineage
    expect(stream).toMatchObject({ node: 'kept', newestMs: timeMs, depth: (timeMs / 1000) % EVERY, checkpointMs: 5000 })
    const cutMs = Math.floor(timeMs / checkpointMs) * checkpointMs
    expect(stream?.cutMs).toBe(cutMs === 0 ? undefined : cutMs)
    if (cutMs > 0) expect(stream).toMatchObject({ partitions: 3 })
  }
  const stored = await kept.read()
  const report = await desk.report()
  expect(report.kept.map(({ key }) => key).sort()).toEqual([...stored.keys()].sort())
  for (const { key, bytes } of report.kept) expect(bytes).toBe(key.length + (stored.get(key)?.length ?? 0))
  expect(report.bytes).toBe(report.kept.reduce((sum, { bytes }) => sum + bytes, 0))
  expect(report.metadata).toMatchObject({
    checkpointMs: 16_000,
    nodes: ['numbers', 'pairs', 'kept', 'out'],
    edges: 3,
    master: 'local[2]',
    batchMs: 1000,
    pendingMs: [],
  })
  expect(report.kept.some(({ kind, node }) => kind === 'full' && node === 'kept')).toBe(true)
})

test('a chain that no data checkpoint cuts for long is warned of, once', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    numbers,
    pairs: ['map', { fn: 'i => [i % 3, 1]' }, 'numbers'],
    kept: ['updateStateByKey', { fn: '(ones, n = 0) => n + ones.length', checkpointMs: 100_000 }, 'pairs'],
    out: ['print', {}, 'kept'],
  }
  const run = await runPipeline(documentOf(nodes), { batches: 33 })
  const long = run.warnings.filter((warning) => warning.includes('batches long'))
  expect(long).toEqual([expect.stringContaining('The lineage of "kept" is 30 batches long')])
})
