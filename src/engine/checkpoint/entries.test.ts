import { describe, expect, test } from 'vitest'
import { allocationKey, blockKey, printAllocation, printBlock } from './block-log.ts'
import { readStoredRun } from './entries.ts'
import { type Metadata, metadataKey, parseMetadata } from './metadata.ts'
import { editKey, wholeKey } from './saved-states.ts'
import { sealEntry } from './seal.ts'
import { printStateEntry } from './state-entry.ts'

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
const STREAM = 'counts/state/0'
const sealed = (key: string, text: string): [string, string] => [key, sealEntry(key, text)]
const entry = (seq: number, more: Partial<Metadata> = {}): [string, string] =>
  sealed(metadataKey(seq % 2 === 0 ? 0 : 1), JSON.stringify({ ...metadata, seq, ...more }))
const state = sealed(
  wholeKey(STREAM, 2000),
  printStateEntry({
    partitions: 2,
    partitioner: 2,
    parts: [
      { partition: 0, id: 'x', keys: 1, whole: '[["a",1]]' },
      { partition: 1, id: 'y', keys: 0, whole: '[]' },
    ],
  }),
)
const damage = ([key, text]: readonly [string, string]): [string, string] => [key, `${text.slice(0, -1)}~`]
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
  const stored = (id: number) => sealed(blockKey(id), printBlock(block(id), true))

  test('is the newest metadata with what it names', () => {
    const run = readStoredRun(
      new Map([
        entry(8),
        entry(7),
        state,
        stored(1),
        stored(0),
        sealed(allocationKey(3000), printAllocation(3000, [0, 1])),
      ]),
    )
    expect(run).toMatchObject({ metadata: { seq: 8 }, slot: 0, damaged: [], stateKeys: [state[0]] })
    expect(run?.states.states).toEqual([
      {
        stream: STREAM,
        timeMs: 2000,
        partitions: [
          { kind: 'saved', texts: ['[["a",1]]'] },
          { kind: 'saved', texts: ['[]'] },
        ],
        partitioner: 2,
        keys: 1,
        hasMapped: false,
      },
    ])
    expect(run?.blocks).toEqual([block(0), block(1)])
    expect(run?.allocations).toEqual([[3000, [0, 1]]])
  })

  test('is not there when nothing is stored', () => {
    expect(readStoredRun(new Map())).toBeUndefined()
    expect(readStoredRun(new Map([['foreign', 'x']]))).toBeUndefined()
  })

  test.each([
    ['damaged', damage(entry(8))],
    ['cut off', [entry(8)[0], entry(8)[1].slice(0, 100)] as const],
    ['of another version', [entry(8)[0], entry(8)[1].replace('sluice/2', 'sluice/3')] as const],
    ['not ours', [entry(8)[0], '{"version":1}'] as const],
    ['in the place of another', [entry(8)[0], entry(7)[1]] as const],
  ])('falls back on the older metadata when the newer is %s, and says so', (_what, newer) => {
    const run = readStoredRun(new Map([entry(7), newer, state]))
    expect(run).toMatchObject({ metadata: { seq: 7 }, slot: 1, damaged: [newer[0]] })
  })

  test.each([
    ['is missing', undefined],
    ['is damaged', damage(state)],
    [
      'has parts of other lengths',
      sealed(state[0], '{"partitions":1,"parts":[{"partition":0,"id":"x","keys":1,"whole":9}]}\n['),
    ],
    ['lacks a partition', sealed(state[0], printStateEntry({ partitions: 2, partitioner: 2, parts: [] }))],
  ])('says that a state %s', (_what, left) => {
    const run = readStoredRun(new Map([entry(7), ...(left === undefined ? [] : [left])]))
    expect(run?.states).toMatchObject({ states: [], lost: [{ stream: STREAM, timeMs: 2000, fromMs: undefined }] })
  })

  test('leaves out a block that cannot be read', () => {
    const run = readStoredRun(new Map([entry(7), state, sealed(blockKey(0), '{}'), stored(1)]))
    expect(run?.blocks).toEqual([block(1)])
    expect(run?.damaged).toEqual([blockKey(0)])
  })
})

describe('states of which something is damaged', () => {
  const at = (timeMs: number) => ({ partitions: 1, partitioner: 1, timeMs })
  const whole = (timeMs: number, id: string) =>
    sealed(
      wholeKey(STREAM, timeMs),
      printStateEntry({ ...at(timeMs), parts: [{ partition: 0, id, keys: 1, whole: `whole ${timeMs}` }] }),
    )
  const edit = (timeMs: number, id: string, sinceId: string) =>
    sealed(
      editKey(STREAM, timeMs),
      printStateEntry({
        ...at(timeMs),
        parts: [{ partition: 0, id, keys: 1, edit: { sinceMs: timeMs - 1000, sinceId, text: `edit ${timeMs}` } }],
      }),
    )
  const chain = [whole(1000, 'a'), edit(2000, 'b', 'a'), edit(3000, 'c', 'b'), whole(3000, 'c'), edit(4000, 'd', 'c')]
  const textsOf = (entries: readonly (readonly [string, string])[]) => {
    const run = readStoredRun(new Map([entry(7, { snapshots: [[STREAM, 4000]] }), ...entries]))
    return run?.states.states.map(({ timeMs, partitions }) => [timeMs, ...(partitions[0]?.texts ?? [])])
  }

  test('come from the newest whole, or else from the one before it', () => {
    expect(textsOf(chain)).toEqual([[4000, 'whole 3000', 'edit 4000']])
    expect(textsOf(chain.map((each, index) => (index === 3 ? damage(each) : each)))).toEqual([
      [4000, 'whole 1000', 'edit 2000', 'edit 3000', 'edit 4000'],
    ])
  })

  test('come from before a damaged edit', () => {
    expect(textsOf(chain.map((each, index) => (index === 4 ? damage(each) : each)))).toEqual([[3000, 'whole 3000']])
  })

  test('are never put together from parts of different pasts', () => {
    const other = chain.map((each, index) => (index === 2 ? edit(3000, 'other', 'b') : each))
    expect(textsOf(other)).toEqual([[3000, 'whole 1000', 'edit 2000', 'edit 3000']])
  })
})
