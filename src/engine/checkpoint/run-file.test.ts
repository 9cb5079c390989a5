import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { checksum } from './checksum.ts'
import { readStoredRun } from './entries.ts'
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts'
import type { Pace } from './pace.ts'
import { parseRunFile, printRunFile } from './run-file.ts'
import { editKey, wholeKey } from './saved-states.ts'
import { openEntry, sealEntry } from './seal.ts'
import { printStateEntry, type StoredPiece } from './state-entry.ts'
import { pieceKey } from './wholes-in-pieces.ts'

const document = {
  format: 'sluice/1',
  name: 'Counts',
  settings: { batchMs: 1000, master: 'local[2]', checkpoint: true },
  nodes: [
    { id: 'lines', op: 'simulatedTextStream', params: { generator: 'sentences', rowsPerSecond: 5 } },
    { id: 'words', op: 'flatMap', params: { fn: "line => line.split(' ')" } },
    { id: 'pairs', op: 'map', params: { fn: 'word => [word, 1]' } },
    { id: 'counts', op: 'updateStateByKey', params: { fn: '(ones, count = 0) => count + ones.length' } },
    { id: 'shown', op: 'print' },
  ],
  edges: [
    { from: 'lines', to: 'words' },
    { from: 'words', to: 'pairs' },
    { from: 'pairs', to: 'counts' },
    { from: 'counts', to: 'shown' },
  ],
}

/** States are told whole in pieces. */
const pace: Pace = { leastChars: 1, mostEdits: 3, piecePerEdit: 0, leastPiece: 1, mostPieces: 3 }

/** Entries of a run that was killed in its 24th batch, and their file. */
let entries: ReadonlyMap<string, string> = new Map()
let text = ''
beforeAll(async () => {
  const store = new MemoryCheckpointStore()
  await runPipeline(document, { batches: 40, store, pace, killAfterMs: 24_000 })
  entries = await store.read()
  expect([...entries.keys()].some((key) => key.startsWith('piece/'))).toBe(true)
  text = printed(entries)
})

function printed(of: ReadonlyMap<string, string>): string {
  const file = printRunFile(of, 5)
  if (!file.ok) throw new Error(JSON.stringify(file.error))
  return file.value
}

/** A file that claims to be whole, as somebody would make it who means harm. */
function forged(body: string, head: object = {}): string {
  return `${JSON.stringify({ format: 'sluice-run', version: 1, checksum: checksum(body), ...head })}\n${body}`
}

/** The entries with other facts in the newest metadata. */
function changedMetadata(change: object): ReadonlyMap<string, string> {
  const metadata = { ...readStoredRun(entries)?.metadata, ...change, seq: 1_000_000 }
  return new Map([...entries, ['metadata/0', sealEntry('metadata/0', JSON.stringify(metadata))]])
}

const codes = (of: string): readonly string[] => {
  const parsed = parseRunFile(of)
  return parsed.ok ? [] : parsed.error.map(({ code }) => code)
}

describe('a run file', () => {
  it('brings back the run, and goes on with the counts of a run that was never interrupted', async () => {
    const parsed = parseRunFile(text)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    expect(parsed.value.pipeline.nodes).toEqual(sureOf(parsePipeline(document)).nodes)
    expect(parsed.value.checkpointMs).toBe(24_000)
    const carried = new MemoryCheckpointStore()
    await carried.write({ put: parsed.value.entries, remove: [] })
    const resumed = await runPipeline(document, { batches: 40, store: carried, collect: [] })
    const whole = await runPipeline(document, { batches: 40 })
    expect(resumed.recovered?.checkpointMs).toBe(24_000)
    const last = (run: typeof whole) => run.batches.at(-1)?.data.outputs
    expect(last(resumed)).toEqual(last(whole))
  })

  it('holds one metadata only, so that no other pipeline can run than the one that is shown', () => {
    const names = (of: ReadonlyMap<string, string>) => [...of.keys()].filter((key) => key.startsWith('metadata/'))
    expect(names(entries)).toHaveLength(2)
    const parsed = parseRunFile(text)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    expect(names(parsed.value.entries)).toHaveLength(1)
    const run = readStoredRun(parsed.value.entries)
    expect(printPipeline(sureOf(parsePipeline(run?.metadata.pipeline)))).toBe(printPipeline(parsed.value.pipeline))
  })

  it.each([
    ['nothing', '', 'run-file/foreign'],
    ['a pipeline', JSON.stringify(document), 'run-file/foreign'],
    ['a line that is no JSON', '{"format":"sluice-run"\n{}', 'run-file/foreign'],
    ['a newer version', forged('{}', { version: 2 }), 'run-file/version'],
    ['an empty body', forged(''), 'run-file/damaged'],
    ['other entries', forged('{"savedAtMs":1,"entries":[[1,2]]}'), 'run-file/damaged'],
    ['no entries', forged('{"savedAtMs":1,"entries":[]}'), 'run-file/no-run'],
    [
      'a key that is a book',
      forged(JSON.stringify({ savedAtMs: 1, entries: [['k'.repeat(500), '']] })),
      'run-file/damaged',
    ],
  ])('is refused when it is %s', (_what, file, code) => {
    expect(codes(file)).toEqual([code])
  })

  it('is refused when a state is missing, for it would count from less', () => {
    const isState = (key: string) => /^(state|snapshot|piece)\//.test(key)
    const without = [...entries].filter(([key]) => !isState(key))
    expect(codes(forged(JSON.stringify({ savedAtMs: 1, entries: without })))).toEqual(['run-file/unreadable'])
    expect(printRunFile(new Map(without), 1).ok).toBe(false)
  })

  it.each([
    ['no machine has so many cores', { machineCores: 1e9 }],
    ['its batch times make no sense', { checkpointMs: 24_001 }],
    ['its batch times make no sense', { zeroMs: 48_000 }],
    ['its unfinished batches make no sense', { pending: [25_000] }],
    ['too many batches were under way', { pending: Array.from({ length: 10_001 }, () => 1000) }],
  ])('is refused when %s', (why, change) => {
    const parsed = parseRunFile(forged(JSON.stringify({ savedAtMs: 1, entries: [...changedMetadata(change)] })))
    expect(parsed.ok ? undefined : parsed.error[0]?.message).toContain(why)
  })
})

describe('a hostile run file', () => {
  const STREAM = 'counts/state/0'
  const withState = (change: (line: Record<string, unknown>) => object): ReadonlyMap<string, string> =>
    new Map(
      [...entries].map(([key, text]) => {
        if (!/^(state|snapshot|piece)\//.test(key)) return [key, text]
        const body = openEntry(key, text)
        if (!body.ok) throw new Error('this entry is whole')
        const end = body.value.indexOf('\n')
        const line = JSON.stringify(change(JSON.parse(body.value.slice(0, end))))
        return [key, sealEntry(key, line + body.value.slice(end))]
      }),
    )
  const file = (of: ReadonlyMap<string, string>): string => forged(JSON.stringify({ savedAtMs: 1, entries: [...of] }))
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

  it.each<[string, (line: Record<string, unknown>) => object]>([
    ['partitions without end', (line) => ({ ...line, partitions: 2 ** 40 })],
    ['more partitions than it has', (line) => ({ ...line, partitions: 60_000 })],
    ['half a partition', (line) => ({ ...line, partitions: 1.5 })],
    ['keys beyond counting', (line) => ({ ...line, partitioner: 2 ** 52 })],
    ['parts twice', (line) => ({ ...line, parts: [...(line.parts as unknown[]), ...(line.parts as unknown[])] })],
  ])('with %s is refused at once', (_what, change) => {
    expect(codes(file(withState(change)))).toEqual(['run-file/unreadable'])
  })

  it.each([
    ['a sequence at its end', { seq: Number.MAX_SAFE_INTEGER }],
    ['block numbers at their end', { nextBlockId: Number.MAX_SAFE_INTEGER }],
    ['a clock that stands still', { clock: { kind: 'virtual', speed: 1e-300, paused: false } }],
    ['a time beyond all dates', { savedAtMs: 1e300 }],
    ['states by the million', { snapshots: Array.from({ length: 10_001 }, (_, n) => [`s${n}/state/0`, 1000]) }],
    ['gaps by the thousand', { gaps: Array.from({ length: 1001 }, (_, n) => [n, n]) }],
    ['a document that is nested for ever', { pipeline: 'NESTED' }],
  ])('with %s is refused', (_what, change) => {
    const metadata = { ...readStoredRun(entries)?.metadata, seq: 1_000_000, ...change }
    const changed = new Map([...entries].filter(([key]) => !key.startsWith('metadata/')))
    const text = JSON.stringify(metadata).replace('"NESTED"', `{"format":"sluice/1","name":${nested(50_000)}}`)
    changed.set('metadata/0', sealEntry('metadata/0', text))
    const parsed = parseRunFile(file(changed))
    expect(parsed.ok ? 'taken' : parsed.error[0]?.message.length).toBeGreaterThan(10)
  })

  it('whose edits have no end is refused, and takes no stack', () => {
    const part = (timeMs: number) => ({ partition: 0, id: `e${timeMs}`, keys: 1 })
    const chain = Array.from({ length: 50_000 }, (_, n): [string, string] => {
      const edit = { sinceMs: n - 1, sinceId: `e${n - 1}`, text: '' }
      const first = { ...part(0), whole: '[]' }
      const key = n === 0 ? wholeKey(STREAM, 0) : editKey(STREAM, n)
      const parts = [n === 0 ? first : { ...part(n), edit }]
      return [key, sealEntry(key, printStateEntry({ partitions: 1, partitioner: 1, parts }))]
    })
    const states = changedMetadata({ snapshots: [[STREAM, 49_999]], checkpointMs: 50_000, pending: [] })
    const others = [...states].filter(([key]) => !/^(state|snapshot|piece)\//.test(key))
    expect(codes(file(new Map([...others, ...chain])))).toEqual(['run-file/unreadable'])
  })

  it('whose pieces never become a whole is refused, and takes no time', () => {
    const others = [...entries].filter(([key]) => !/^(state|snapshot|piece)\//.test(key))
    const newestMs = readStoredRun(entries)?.states.states.at(-1)?.timeMs ?? Number.NaN
    const pieces = (placeOf: (n: number) => Partial<StoredPiece>) =>
      Array.from({ length: 1000 }, (_, n): [string, string] => {
        const piece = { from: n, to: n + 1, of: 1000, fromMs: 0, text: '', ...placeOf(n) }
        const key = pieceKey(STREAM, newestMs, 0, piece.from)
        const part = { partition: 0, id: 'w', keys: 1, piece }
        return [key, sealEntry(key, printStateEntry({ partitions: 1, partitioner: 1, parts: [part] }))]
      })
    for (const placeOf of [
      () => ({ of: 2 ** 40 }),
      () => ({ to: 0 }),
      (n: number) => ({ from: 2 * n, to: 2 * n + 1 }),
      () => ({ fromMs: newestMs + 1 }),
    ])
      expect(codes(file(new Map([...others, ...pieces(placeOf)])))).toEqual(['run-file/unreadable'])
  })

  it('that is nested for ever is no checkpoint', () => {
    expect(codes(forged(nested(100_000)))).toEqual(['run-file/damaged'])
  })

  it('brings nothing along that belongs to no run', () => {
    const parsed = parseRunFile(file(new Map([...entries, ['damaged/metadata/0', 'x'], ['cli/streams', 'y']])))
    expect(parsed.ok && [...parsed.value.entries.keys()].filter((key) => /^(damaged|cli)/.test(key))).toEqual([])
  })

  it('whose states are ages old does not start', async () => {
    const aged = new Map([...changedMetadata({ checkpointMs: 24_000 + 1e9 * 1000, pending: [] })])
    const store = new MemoryCheckpointStore()
    await store.write({ put: aged, remove: [] })
    await expect(runPipeline(document, { batches: 2, store })).rejects.toThrow('more than 100000 batches')
  })
})

describe('damage to a run file', () => {
  // Printed by fast-check when they fail; fixed, so that a run is repeated exactly.
  const seed = 20_261_122

  it('is always known for what it is, and never throws', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
    const edit = fc.record({ at: place, length: fc.nat(40), put: fc.string({ unit: 'binary', maxLength: 20 }) })
    fc.assert(
      fc.property(edit, ({ at, length, put }) => {
        const from = Math.floor(at * text.length)
        const changed = text.slice(0, from) + put + text.slice(from + length)
        fc.pre(changed !== text)
        expectTold(changed, false)
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('is known also when somebody has made the checksum fit', () => {
    const body = text.slice(text.indexOf('\n') + 1)
    const digits = fc.constantFrom(
      '0',
      '-1',
      '9',
      '1e999',
      'null',
      '"',
      '[',
      '{',
      '}',
      '\\u0000',
      '__proto__',
      '9007199254740993',
    )
    const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
    fc.assert(
      fc.property(place, fc.nat(6), digits, (at, length, put) => {
        const from = Math.floor(at * body.length)
        expectTold(forged(body.slice(0, from) + put + body.slice(from + length)), true)
      }),
      { seed, numRuns: 1500 },
    )
  })

  /** Either it can be gone on with, whole, or it says why not. */
  function expectTold(file: string, mayBeGood: boolean): void {
    const parsed = parseRunFile(file)
    if (parsed.ok) {
      expect(mayBeGood).toBe(true)
      expect(readStoredRun(parsed.value.entries)?.damaged).toEqual([])
      return
    }
    expect(parsed.error.length).toBeGreaterThan(0)
    for (const { code, message } of parsed.error) expect([code, message.length > 10]).toEqual([code, true])
  }
})

function sureOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('this is valid')
  return result.value
}
