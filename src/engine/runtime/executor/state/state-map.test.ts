import { expect, test } from 'vitest'
import { StateMap } from './state-map.ts'

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
