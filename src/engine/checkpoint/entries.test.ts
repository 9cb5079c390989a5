import { describe, expect, test } from 'vitest'
import { allocationKey, blockKey, printAllocation, printBlock } from './block-log.ts'
import { metadataKey, printSnapshot, readStoredRun, snapshotKey } from './entries.ts'
import { type Metadata, parseMetadata } from './metadata.ts'

const metadata: Metadata = {
  version: 2,
  seq: 7,
  savedAtMs: 5,
  running: true,
  pipeline: { name: 'any' },
  machineCores: 2,
  zeroMs: 0,
  checkpointMs: 3000,
  clock: { kind: 'virtual', speed: 'max', paused: false },
  pending: [3000],
  snapshots: [['counts/state/0', 2000]],
  nextBlockId: 2,
}
const entry = (seq: number, more: Partial<Metadata> = {}): [string, string] => [
  metadataKey(seq),
  JSON.stringify({ ...metadata, seq, ...more }),
]
const state: [string, string] = [
  snapshotKey('counts/state/0', 2000),
  printSnapshot({ partitions: ['[["a",1]]', '[]'], partitioner: 2 }),
]
const block = (id: number) =>
  ({ id, inputStreamId: 0, records: 2, payload: { kind: 'lines', text: 'a\nb', count: 2 } }) as const

describe('metadata', () => {
  test('comes back as it was written', () => {
    expect(parseMetadata(JSON.stringify(metadata))).toEqual({ ok: true, value: metadata })
  })

  test.each([
    ['nothing', ''],
    ['half of it', JSON.stringify(metadata).slice(0, 80)],
    ['another version', JSON.stringify({ ...metadata, version: 1 })],
    ['a time that is none', JSON.stringify({ ...metadata, checkpointMs: Number.NaN })],
    ['a clock that stands still for ever', JSON.stringify({ ...metadata, clock: { ...metadata.clock, speed: 0 } })],
    ['a list', '[]'],
  ])('is refused when it is %s', (_what, text) => {
    expect(parseMetadata(text).ok).toBe(false)
  })
})

describe('a stored run', () => {
  test('is the newest metadata with what it names', () => {
    const stored = readStoredRun(
      new Map([
        entry(8),
        entry(7),
        state,
        [blockKey(1), printBlock(block(1), true)],
        [blockKey(0), printBlock(block(0), true)],
      ]),
    )
    expect(stored?.metadata.seq).toBe(8)
    expect(stored?.snapshots).toEqual([
      { stream: 'counts/state/0', timeMs: 2000, partitions: ['[["a",1]]', '[]'], partitioner: 2 },
    ])
    expect(stored?.blocks).toEqual([block(0), block(1)])
    expect(stored?.damaged).toEqual([])
  })

  test('is not there when nothing is stored', () => {
    expect(readStoredRun(new Map())).toBeUndefined()
    expect(readStoredRun(new Map([['foreign', 'x']]))).toBeUndefined()
  })

  test('falls back on the older metadata when the newer cannot be read, and says so', () => {
    const [newer] = entry(8)
    const stored = readStoredRun(new Map([entry(7), [newer, '{"version":1,"seq":8'], state]))
    expect(stored?.metadata.seq).toBe(7)
    expect(stored?.damaged).toEqual([newer])
  })

  test.each([
    ['is missing', undefined],
    ['is no JSON', '{"partitions":["[[1,2]'],
    ['is no list of partitions', '{"a":1}'],
    ['has half a partition', JSON.stringify({ partitions: ['[["a",1]', '[]'], partitioner: 2 })],
  ])('leaves out a state that %s', (_what, text) => {
    const entries = new Map([
      entry(7),
      ...(text === undefined ? [] : [[snapshotKey('counts/state/0', 2000), text] as const]),
    ])
    const stored = readStoredRun(entries)
    expect(stored?.snapshots).toEqual([])
    expect(stored?.damaged).toEqual([snapshotKey('counts/state/0', 2000)])
  })

  test('leaves out a block that cannot be read', () => {
    const stored = readStoredRun(
      new Map([entry(7), state, [blockKey(0), '{}'], [blockKey(1), printBlock(block(1), true)]]),
    )
    expect(stored?.blocks).toEqual([block(1)])
    expect(stored?.damaged).toEqual([blockKey(0)])
  })
})

describe('the log of received blocks', () => {
  test('tells blocks whose records are not in it, and what was allocated', () => {
    const [first, second] = [block(0), block(1)]
    const stored = readStoredRun(
      new Map([
        entry(7),
        state,
        [allocationKey(3000), printAllocation(3000, [0])],
        [allocationKey(2000), printAllocation(2000, [])],
        [blockKey(1), printBlock(second, false)],
        [blockKey(0), printBlock(first, true)],
        [allocationKey(4000), '[4000'],
      ]),
    )
    expect(stored?.blocks).toEqual([first, { ...second, payload: undefined }])
    expect(stored?.allocations).toEqual([
      [2000, []],
      [3000, [0]],
    ])
    expect(stored?.damaged).toEqual([allocationKey(4000)])
  })
})
