import { expect, test } from 'vitest'
import { blockKey } from '#engine/checkpoint/block-log.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { sealEntry } from '#engine/checkpoint/seal.ts'
import type { Json } from '#engine/model/json.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { wholeOf } from '#engine/runtime/driver/receivers/block-text.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { DyingStore } from '#engine/runtime/testing/dying-store.ts'
import { type FinishedRun, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// A receiver cannot be asked again: what it stored before the driver died must count exactly once.

const documentWith = (isLogged: boolean) =>
  documentOf(
    {
      typed: ['manualStream'],
      pairs: ['map', { fn: 'line => [line, 1]' }, 'typed'],
      seen: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length' }, 'pairs'],
      out: ['print', {}, 'seen'],
    },
    { master: 'local[3]', conf: { 'spark.streaming.receiver.writeAheadLog.enable': isLogged } },
  )

const BATCHES = 8
type Options = Partial<Parameters<typeof runPipeline>[1]> & { readonly isLogged?: boolean }

/** Types two lines before every batch of its own: `from.1`, `from.2`… */
async function run(
  from: string,
  { isLogged = true, ...more }: Options,
): Promise<{ readonly run: FinishedRun; readonly typed: string[] }> {
  const typed: string[] = []
  let context: StreamingContext | undefined
  const advance = async (): Promise<void> => {
    const lines = [1, 2].map((each) => `${from}.${typed.length + each}`)
    if ((await context?.type('typed', lines)) !== true) return
    typed.push(...lines)
    await context?.step()
  }
  const finished = await runPipeline(documentWith(isLogged), {
    batches: BATCHES,
    collect: ['seen'],
    paused: true,
    drive: (started) => {
      context = started
      void advance()
    },
    onCompleted: (info) => {
      if (!info.recovered) void advance()
    },
    ...more,
  })
  return { run: finished, typed }
}

function lastState({ recordsOf }: FinishedRun): Map<Json, Json> {
  return new Map((recordsOf('seen').at(-1)?.records ?? []) as [Json, Json][]) // states are pairs
}

async function storedLines(store: MemoryCheckpointStore): Promise<string[]> {
  const blocks = readStoredRun(await store.read())?.blocks ?? []
  return blocks.flatMap(({ payload }) => (payload === undefined ? [] : wholeOf(payload).text.split('\n')))
}

test('lines typed before any batch at which the driver dies count once', async () => {
  for (let batch = 1; batch < BATCHES; batch++) {
    const store = new MemoryCheckpointStore()
    const before = await run('before', { store, killAfterMs: batch * 1000 })
    const after = await run('after', { store })
    expect(after.run.failures).toEqual([])
    const state = lastState(after.run)
    for (const line of await storedLines(store)) expect([line, state.get(line) ?? 1]).toEqual([line, 1])
    for (const line of before.typed.slice(0, 2 * batch)) expect([line, state.get(line)]).toEqual([line, 1])
  }
})

test('lines that were stored before any write at which the driver dies count once', async () => {
  const probe = new DyingStore(new MemoryCheckpointStore(), Number.POSITIVE_INFINITY)
  await run('probe', { store: probe })
  for (let write = 1; write <= probe.writes; write++) {
    const dying = new DyingStore(new MemoryCheckpointStore(), write)
    await run('before', { store: dying, death: dying.death })
    const stored = await storedLines(dying.kept)
    const after = await run('after', { store: dying.kept, batches: BATCHES + 2 })
    const state = lastState(after.run)
    for (const line of stored) expect([write, line, state.get(line)]).toEqual([write, line, 1])
    for (const [line, count] of state) expect([line, count]).toEqual([line, 1])
  }
})

test('new blocks get numbers that no stored block has', async () => {
  const store = new MemoryCheckpointStore()
  await run('before', { store, killAfterMs: 2000 })
  const stored = readStoredRun(await store.read())
  // A block that was stored after the last metadata.
  const id = stored?.metadata.nextBlockId ?? 0
  const block = { id, inputStreamId: 0, records: 1, payload: { kind: 'lines', text: 'late', count: 1 } }
  await store.write({ put: new Map([[blockKey(id), sealEntry(blockKey(id), JSON.stringify(block))]]), remove: [] })
  const after = await run('after', { store })
  const ids = readStoredRun(await store.read())?.blocks.map((each) => each.id) ?? []
  expect(new Set(ids).size).toBe(ids.length)
  expect(lastState(after.run).get('late')).toBe(1)
  expect(await storedLines(store)).toContain('late')
})

test('without the write-ahead log every record that no saved state holds is lost, and told', async () => {
  for (let batch = 1; batch < BATCHES; batch++) {
    const store = new MemoryCheckpointStore()
    const before = await run('before', { store, killAfterMs: batch * 1000, isLogged: false })
    const stored = readStoredRun(await store.read())
    expect(stored?.blocks.filter(({ payload }) => payload !== undefined)).toEqual([])
    const after = await run('after', { store, isLogged: false })
    expect([after.run.failures, after.run.recovered?.blocks]).toEqual([[], 0])
    const state = lastState(after.run)
    for (const [line, count] of state) expect([line, count]).toEqual([line, 1])
    const kept = before.typed.filter((line) => state.has(line))
    expect(kept).toEqual(before.typed.slice(0, kept.length))
    const lost = after.run.lost.reduce((sum, { records }) => sum + records, 0)
    // Two lines were typed behind the last batch that anybody asked for, and may be in no block yet.
    expect([before.typed.length, before.typed.length - 2]).toContain(kept.length + lost)
    expect(after.run.warnings.filter((each) => each.includes('not found in memory'))).toHaveLength(
      after.run.lost.length,
    )
    // What was typed after the recovery is all there, and nothing of it counts as lost.
    const again = after.typed.slice(0, -2)
    expect(again.filter((line) => !state.has(line))).toEqual([])
    const times = after.run.lost.map(({ timeMs }) => timeMs)
    expect(new Set(times).size).toBe(times.length)
    const batches = new Map(after.run.batches.map(({ info }) => [info.batchTimeMs, info.numRecords]))
    for (const timeMs of times) expect(batches.get(timeMs) ?? 0).toBeLessThanOrEqual(2)
  }
})
