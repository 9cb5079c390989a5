import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Json } from '#engine/model/json.ts'
import { restorePartition } from '#engine/runtime/executor/state/saved-partition.ts'
import type { StateRecord } from '#engine/runtime/executor/state/state-record.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// MapWithStateRDDSuite. Initial states are those of the batch at 1000 ms, which is otherwise empty.

interface Run {
  readonly fn: string
  readonly initial: readonly Json[]
  /** From the batch at 2000 ms on. */
  readonly batches: readonly (readonly Json[])[]
  readonly timeoutMs?: number
}

/** The last batch: what the function gave, and [key, state, time of the last update] as the checkpoint has them. */
async function run({ fn, initial, batches, timeoutMs }: Run) {
  const store = new MemoryCheckpointStore()
  const timeout = timeoutMs === undefined ? {} : { timeoutMs }
  const document = documentOf({
    a: ['queueStream', { batches: [] }],
    state: ['mapWithState', { fn, api: 'advanced', initial, checkpointMs: 1000, numPartitions: 2, ...timeout }, 'a'],
    out: ['print', {}, 'state'],
  })
  const lastMs = (batches.length + 1) * 1000
  const finished = await runPipeline(document, {
    batches: batches.length + 1,
    inputs: { a: { batches: [[], ...batches], partitions: 2 } },
    collect: ['state'],
    store,
  })
  expect(finished.failures).toEqual([])
  const stored = readStoredRun(await store.read())?.states.states.filter(({ timeMs }) => timeMs === lastMs) ?? []
  expect(stored).toHaveLength(1)
  const records = stored.flatMap(({ partitions }) =>
    partitions.flatMap((partition) => restorePartition('mapWithState', partition)),
  ) as StateRecord[] // what a partition of it holds
  const states = records.flatMap((record) =>
    record.states.getAll().map(({ key, state, timeMs }) => [key, state, timeMs] as [string, number, number]),
  ) // as the tests make them
  return { mapped: finished.recordsOf('state').at(-1)?.records, states: states.sort() }
}

describe('a record', () => {
  // Tells of removed and timed-out states by what it gives.
  const fn = `(timeMs, key, what, state) => {
    if (what === undefined) return state.isTimingOut() ? ['timing out', state.get()] : 'never'
    if (what === 'get-state') return state.getOption() ?? -1
    if (what === 'update-state') state.update(state.exists() ? state.get() + 1 : 0)
    if (what === 'remove-state') {
      const removed = state.get()
      state.remove()
      return ['removed', removed]
    }
  }`

  test.each<
    [
      init: readonly number[],
      data: readonly string[],
      states: readonly Json[],
      mapped: readonly Json[],
      threshold?: number,
    ]
  >([
    [[], [], [], []],
    [[0], [], [[0, 1000]], []],
    [[0], ['noop'], [[0, 1000]], []],
    [[], ['noop'], [], []],
    [[], ['get-state'], [], [-1]],
    [[123], ['get-state'], [[123, 1000]], [123]],
    [[], ['update-state'], [[0, 2000]], []],
    [[0], ['update-state'], [[1, 2000]], []],
    [[345], ['remove-state'], [], [['removed', 345]]],
    [[123], [], [[123, 1000]], [], 1000],
    [[123], [], [], [['timing out', 123]], 1001],
    [[123], ['noop'], [[123, 2000]], [], 1001],
    [[123], ['remove-state'], [], [['removed', 123]], 1001],
    [[], ['noop'], [], [], 1001],
  ])(
    'of %j, given %j, becomes %j and gives %j (time-out threshold %s)',
    async (init, data, expected, given, threshold) => {
      const { states, mapped } = await run({
        fn,
        initial: init.map((state) => ['key', state]),
        batches: [data.map((what) => ['key', what])],
        ...(threshold === undefined ? {} : { timeoutMs: 2000 - threshold }),
      })
      expect(states.map(([, ...rest]) => rest)).toEqual(expected)
      expect(mapped).toEqual(given)
    },
  )
})

describe('an RDD', () => {
  const fn = `(timeMs, key, value, state) => {
    if (value === 1) state.update(state.exists() ? state.get() + 1 : 0)
    else if (value === 2) state.remove()
    return key
  }`
  const initial = [
    ['k1', 0],
    ['k2', 0],
  ]
  const rdd3 = [['k1', 1]]
  const rdd4 = [
    ['x', 0],
    ['k2', 1],
    ['k2', 1],
    ['k3', 1],
  ]
  const rdd7 = [
    ['k2', 2],
    ['k0', 2],
    ['k3', 1],
  ]

  // 123 is the time of the initial states, 345 that of any later batch.
  test.each<[steps: readonly (readonly Json[])[], expected: readonly Json[]]>([
    [
      [[]],
      [
        ['k1', 0, 123],
        ['k2', 0, 123],
      ],
    ],
    [
      [[['k1', 0]]],
      [
        ['k1', 0, 123],
        ['k2', 0, 123],
      ],
    ],
    [
      [[['k3', 0]]],
      [
        ['k1', 0, 123],
        ['k2', 0, 123],
      ],
    ],
    [
      [[['k3', 1]]],
      [
        ['k1', 0, 123],
        ['k2', 0, 123],
        ['k3', 0, 345],
      ],
    ],
    [
      [[['k3', 1]], [['k4', 1]]],
      [
        ['k1', 0, 123],
        ['k2', 0, 123],
        ['k3', 0, 345],
        ['k4', 0, 345],
      ],
    ],
    [
      [rdd3],
      [
        ['k1', 1, 345],
        ['k2', 0, 123],
      ],
    ],
    [
      [rdd3, rdd4],
      [
        ['k1', 1, 345],
        ['k2', 2, 345],
        ['k3', 0, 345],
      ],
    ],
    [
      [rdd3, rdd4, [['k3', 1]]],
      [
        ['k1', 1, 345],
        ['k2', 2, 345],
        ['k3', 1, 345],
      ],
    ],
    [[[['k1', 2]]], [['k2', 0, 123]]],
    [[[['k1', 2]], rdd7], [['k3', 0, 345]]],
    [[[['k1', 2]], rdd7, [['k3', 2]]], []],
  ])('of k1 and k2, given %j, holds %j', async (batches, expected) => {
    const { states, mapped } = await run({ fn, initial, batches })
    expect(states.map(([key, state, timeMs]) => [key, state, timeMs === 1000 ? 123 : 345])).toEqual(expected)
    // Called once for each record, and for no other key.
    expect([...(mapped ?? [])].sort()).toEqual(
      (batches.at(-1) ?? []).map((pair) => (Array.isArray(pair) ? pair[0] : pair)).sort(),
    )
  })
})
