import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import type { SavedPartition } from '#engine/runtime/wire.ts'
import { printWhole, restorePartition } from './saved-partition.ts'
import { StateMap } from './state-map.ts'
import { printStateChanges, type StateRecord } from './state-record.ts'

const triples = (entries: readonly { key: unknown; state: unknown; timeMs: number }[]) =>
  entries.map(({ key, state, timeMs }) => [key, state, timeMs])

test('puts, gets, removes and finds by time, strictly older', () => {
  const map = new StateMap()
  map.put(1, 100, 10)
  expect(map.get(1)?.state).toBe(100)
  expect(map.get(2)).toBeUndefined()
  expect(triples(map.getByTime(11))).toEqual([[1, 100, 10]])
  expect(map.getByTime(10)).toEqual([])
  map.put(2, 200, 20)
  expect(triples(map.getByTime(21))).toEqual([
    [1, 100, 10],
    [2, 200, 20],
  ])
  expect(triples(map.getByTime(11))).toEqual([[1, 100, 10]])
  map.remove(1)
  expect(map.get(1)).toBeUndefined()
  expect(triples(map.getAll())).toEqual([[2, 200, 20]])
})

test('a copy never changes what it was copied from', () => {
  const parent = new StateMap()
  parent.put('a', 1, 1)
  parent.put('b', 2, 1)
  const child = parent.copy()
  child.put('a', 10, 2)
  child.remove('b')
  child.put('c', 3, 2)
  const grandchild = child.copy()
  grandchild.put('b', 20, 3)
  expect(triples(parent.getAll())).toEqual([
    ['a', 1, 1],
    ['b', 2, 1],
  ])
  expect(triples(child.getAll())).toEqual([
    ['a', 10, 2],
    ['c', 3, 2],
  ])
  expect(grandchild.get('b')?.state).toBe(20)
  expect(child.get('b')).toBeUndefined()
})

test('agrees with a plain map over hundreds of copies, also when chains are made one', () => {
  let map = new StateMap()
  const plain = new Map<string, number>()
  let random = 7
  const next = (below: number): number => {
    random = (random * 1103515245 + 12345) % 2147483648
    return random % below
  }
  for (let batch = 0; batch < 300; batch++) {
    map = map.copy()
    for (let change = 0; change < 5; change++) {
      const key = `k${next(40)}`
      if (next(3) === 0) {
        map.remove(key)
        plain.delete(key)
      } else {
        map.put(key, batch, batch)
        plain.set(key, batch)
      }
    }
    expect(new Map(map.getAll().map(({ key, state }) => [key, state]))).toEqual(plain)
  }
})

/** What a StateMap is to be: a chain of deltas, each over the one before. */
class DeltaMap {
  private readonly parent: DeltaMap | undefined
  private readonly delta = new Map<KeyForm, readonly [key: unknown, state: unknown, timeMs: number] | undefined>()

  constructor(parent?: DeltaMap) {
    this.parent = parent
  }

  put(key: unknown, state: unknown, timeMs: number): void {
    this.delta.set(keyForm(key), [key, state, timeMs])
  }

  remove(key: unknown): void {
    this.delta.set(keyForm(key), undefined)
  }

  copy(): DeltaMap {
    return new DeltaMap(this)
  }

  all(): Map<KeyForm, readonly [key: unknown, state: unknown, timeMs: number]> {
    const entries = this.parent?.all() ?? new Map()
    for (const [form, entry] of this.delta) {
      if (entry === undefined) entries.delete(form)
      else entries.set(form, entry)
    }
    return entries
  }
}

const change = fc.record({
  key: fc.nat(12),
  act: fc.constantFrom('put', 'put', 'remove', 'hand out', 'put, remove, put'),
})
/** `from`: which of the versions so far, counted from the newest, is gone on from. `looks`: versions that are read on the way. */
const step = fc.record({
  from: fc.constantFrom(0, 0, 0, 0, 1, 2),
  changes: fc.array(change, { maxLength: 6 }),
  looks: fc.array(fc.nat(5), { maxLength: 2 }),
})

test('versions are what a chain of deltas gives, in its order, whichever is read or gone on from', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const versions: { readonly map: StateMap; readonly model: DeltaMap }[] = [
        { map: new StateMap(), model: new DeltaMap() },
      ]
      const at = (back: number) =>
        versions[Math.max(0, versions.length - 1 - back)] ?? { map: new StateMap(), model: new DeltaMap() }
      const agree = ({ map, model }: ReturnType<typeof at>): void => {
        const entries = [...model.all().values()]
        expect(triples(map.getAll())).toEqual(entries)
        expect(map.size).toBe(entries.length)
        expect(triples(map.getByTime(7))).toEqual(entries.filter(([, , timeMs]) => timeMs < 7))
        for (let key = 0; key <= 12; key++)
          expect(map.get(key)).toEqual(model.all().has(key) ? { state: model.all().get(key)?.[1] } : undefined)
      }
      steps.forEach(({ from, changes, looks }, timeMs) => {
        const before = at(from)
        const next = { map: before.map.copy(), model: before.model.copy() }
        for (const { key, act } of changes) {
          for (const each of act.split(', ')) {
            if (each === 'put') for (const map of [next.map, next.model]) map.put(key, `${key} ${timeMs}`, timeMs)
            else if (each === 'remove') for (const map of [next.map, next.model]) map.remove(key)
            else next.map.handOut(key)
          }
        }
        versions.push(next)
        agree(next)
        for (const look of looks) agree(at(look))
        const saved = { kind: 'saved' as const, texts: [whole(before.map), printStateChanges(recordOf(next.map))] }
        agree({ map: statesOf(saved), model: next.model })
        agree({ map: statesOf({ kind: 'saved', texts: [whole(next.map)] }), model: next.model })
      })
      versions.forEach(agree)
    }),
    { numRuns: 40 },
  )
})

const recordOf = (states: StateMap) => ({ states, mapped: [] })
const whole = (states: StateMap): string => printWhole('mapWithState', [recordOf(states)])
const statesOf = (saved: SavedPartition): StateMap =>
  (restorePartition('mapWithState', saved) as readonly StateRecord[])[0]?.states ?? new StateMap() // what a partition of it holds

test('holes of keys that went are closed, and old versions stay what they were', () => {
  let map = new StateMap()
  let model = new DeltaMap()
  const kept: { readonly map: StateMap; readonly model: DeltaMap }[] = []
  for (let batch = 0; batch < 60; batch++) {
    map = map.copy()
    model = model.copy()
    for (let n = 0; n < 100; n++) {
      map.put(`key ${100 * batch + n}`, n, batch)
      model.put(`key ${100 * batch + n}`, n, batch)
      map.remove(`key ${100 * (batch - 2) + n}`)
      model.remove(`key ${100 * (batch - 2) + n}`)
    }
    if (batch % 10 === 9) kept.push({ map, model })
  }
  for (const each of kept) expect(triples(each.map.getAll())).toEqual([...each.model.all().values()])
})

test('a table through which keys pass does not grow', () => {
  const live = 2000
  const each = 500
  let map = new StateMap()
  let most = 0
  for (let batch = 0; batch < 400; batch++) {
    map = map.copy()
    for (let n = 0; n < each; n++) {
      map.put(`key ${each * batch + n}`, n, batch)
      map.remove(`key ${each * batch + n - live}`)
    }
    most = Math.max(most, map.freeze().slots)
  }
  expect(map.size).toBe(live)
  // Twice the keys, a few holes, and what one batch brings.
  expect(most).toBeLessThan(2 * live + 1024 + 2 * each)
})
