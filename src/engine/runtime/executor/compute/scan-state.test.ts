import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { hashKey } from '#engine/record/hash.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { murmur3OfInt } from '#engine/record/murmur3.ts'
import { layoutOf } from '#engine/runtime/executor/state/key-layout.ts'
import { applyEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'
import { scanState, type Update } from './scan-state.ts'

type Pair = readonly [unknown, unknown]

type Call = Update['call']
const updateBy = (call: Call): Update => ({ needsKey: true, call, failure: (thrown) => thrown })

/** What a scan is to give: all keys inserted anew, those of the state first, and the function called for each in the order of slots. */
function byTable(previous: readonly Pair[], arrived: readonly Pair[], update: Call): Pair[] {
  const entries = new Keyed<{ state: unknown; values: unknown[] }>()
  for (const [key, state] of previous) entries.at(key, () => ({ state, values: [] }))
  for (const [key, value] of arrived) entries.at(key, () => ({ state: undefined, values: [] })).value.values.push(value)
  const pairs: Pair[] = []
  for (const { key, value } of inSlotOrder([...entries.cells.values()], (cell) => cell.key)) {
    const state = update(key, value.values, copyRecord(value.state))
    if (state !== undefined && state !== null) pairs.push([key, state])
  }
  return pairs
}

/** Keys that meet at the end of a small table: they change places with each batch. */
const colliding = Array.from({ length: 40_000 }, (_, n) => n).filter((n) => (murmur3OfInt(hashKey(n)) & 255) === 255)

const key = fc.oneof(
  fc.nat(200),
  fc.constantFrom(...colliding.slice(0, 12)),
  fc.constantFrom<unknown>(
    null,
    undefined,
    'a key of more than twelve characters',
    ['a', 1],
    { b: 1, a: 2 },
    { a: 2, b: 1 },
    new Date(0),
  ),
)
const batch = fc.array(fc.tuple(key, fc.nat(3)), { maxLength: 40 })

test('a scan gives what a table made anew gives, batch after batch, and tells how it came about', () => {
  fc.assert(
    fc.property(
      fc.array(batch, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 2, max: 9 }),
      fc.boolean(),
      fc.func(fc.boolean()),
      (batches, modulus, retries, asks) => {
        // Counts, keeps an object in some states, and forgets keys now and then, also idle ones.
        let calls: unknown[] = []
        const update: Call = (key, values, state) => {
          calls.push([key, [...values], state])
          const sum = values.reduce<number>((all, value) => all + Number(value), typeof state === 'number' ? state : 0)
          if (values.length === 0) return typeof state === 'number' && state % modulus === 1 ? undefined : state
          return sum % modulus === 0 ? undefined : sum % 2 === 0 ? { sum } : sum
        }
        const first = byTable([], batches[0] ?? [], update)
        let state = StateColumns.of(first)
        for (const [turn, arrived] of batches.slice(1).entries()) {
          calls = []
          // Whether somebody asks for the pairs decides whether they are gone on from.
          const before = asks(turn) ? state.pairs() : (state.slice(0) as Pair[]) // only pairs are there
          const expected = byTable(before, arrived, update)
          const expectedCalls = calls
          calls = []
          if (retries) scanState(state, arrived.slice(1), false, updateBy(update))
          calls = []
          const { state: next, edit } = scanState(state, arrived, false, updateBy(update))
          expect(next.slice(0)).toEqual(expected)
          expect(next.keys.map((key, at) => [key, next.states[at]])).toEqual(expected)
          expect(calls).toEqual(expectedCalls)
          const { keys, states } = edit.addedOf(next)
          expect(applyEdit(before, edit.steps(), keys, states)).toEqual(expected)
          expect(next.layout.spreads).toEqual(layoutOf(expected.map(([key]) => key)).spreads)
          expect(next.layout.nullPlace).toBe(layoutOf(expected.map(([key]) => key)).nullPlace)
          expect(state.slice(0)).toEqual(before)
          state = next
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('keys that change places with every batch do so', () => {
  const keys = [
    ...Array.from({ length: 120 }, (_, n) => n).filter((n) => !colliding.includes(n)),
    ...colliding.slice(0, 2),
  ]
  const pairs: readonly Pair[] = keys.map((key) => [key, 1])
  let state = StateColumns.of(pairs)
  const orders = new Set<string>()
  for (let batch = 0; batch < 20; batch++) {
    const expected = byTable(state.pairs(), [], (_key, _values, each) => each)
    const scanned = scanState(
      state,
      [],
      false,
      updateBy((_key, _values, each) => each),
    )
    expect(scanned.state.pairs()).toEqual(expected)
    state = scanned.state
    orders.add(JSON.stringify(state.pairs()))
  }
  expect(orders.size).toBe(2)
})

test('what a function throws is told with its key and values, and the state before stays whole', () => {
  const pairs: readonly Pair[] = [
    ['a', 1],
    ['b', 2],
  ]
  const state = StateColumns.of(pairs)
  const failing: Update = {
    needsKey: false,
    call: (_key, values) => {
      if (values.length > 0) throw new Error('no')
      return 0
    },
    failure: (thrown, key, values) => [String(thrown), key, values],
  }
  let told: unknown
  try {
    scanState(state, [['b', 5]], false, failing)
  } catch (thrown) {
    told = thrown
  }
  expect(told).toEqual(['Error: no', 'b', [5]])
  expect(
    scanState(
      state,
      [],
      false,
      updateBy((_key, _values, each) => each),
    ).state.pairs(),
  ).toEqual(pairs)
})
