import type { BenchCase } from '#e2e/bench/engine/case.ts'
import { scanState, type Update } from '#engine/runtime/executor/compute/scan-state.ts'
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'
import { StateMap } from '#engine/runtime/executor/state/state-map.ts'

type Pair = readonly [key: string, value: number]

/** One batch that counts 1 % of the keys of a state twice each, in the ways that states go on. */
function stateBatch(keys: number): BenchCase {
  const name = (key: number): string => `user-${String(key).padStart(8, '0')}`
  const some = Math.floor(keys / 100)
  const batches = Array.from({ length: 8 }, (_, batch) =>
    Array.from({ length: 2 * some }, (_each, n): Pair => [name((batch * some + (n % some)) % keys), 1]),
  )
  return {
    title: `a batch that touches 1 % of ${keys} keys`,
    records: 2 * some,
    variants: [
      { name: 'full scan into a new map', run: byNewMap(keys, name, batches) },
      { name: 'updateStateByKey', run: byScan(keys, name, batches) },
      { name: 'mapWithState', run: byTouch(keys, name, batches) },
    ],
  }
}

/** The case with a hundred thousand keys. */
export async function state(): Promise<BenchCase> {
  return stateBatch(100_000)
}

/** The case with a million. */
export async function stateOfMillion(): Promise<BenchCase> {
  return stateBatch(1_000_000)
}

type Batches = readonly (readonly Pair[])[]

function turns(batches: Batches): () => readonly Pair[] {
  let turn = 0
  return () => {
    turn += 1
    return batches[turn % batches.length] ?? []
  }
}

function byNewMap(keys: number, name: (key: number) => string, batches: Batches): () => number {
  const next = turns(batches)
  let counts = new Map(Array.from({ length: keys }, (_, key): Pair => [name(key), 0]))
  return () => {
    const values = new Map<string, number[]>()
    for (const [key, value] of next()) {
      const list = values.get(key)
      if (list === undefined) values.set(key, [value])
      else list.push(value)
    }
    const after = new Map<string, number>()
    for (const [key, count] of counts) after.set(key, count + (values.get(key) ?? []).length)
    counts = after
    return counts.size
  }
}

function byScan(keys: number, name: (key: number) => string, batches: Batches): () => number {
  const next = turns(batches)
  let counts = StateColumns.of(Array.from({ length: keys }, (_, key): Pair => [name(key), 0]))
  const update: Update = {
    needsKey: false,
    call: (_key, values, count) => Number(count ?? 0) + values.length,
    failure: (thrown) => thrown,
  }
  return () => {
    counts = scanState(counts, next(), false, update).state
    return counts.length
  }
}

function byTouch(keys: number, name: (key: number) => string, batches: Batches): () => number {
  const next = turns(batches)
  let counts = new StateMap()
  for (let key = 0; key < keys; key++) counts.put(name(key), 0, 0)
  let timeMs = 0
  return () => {
    timeMs += 1000
    counts = counts.copy()
    for (const [key] of next()) counts.put(key, Number(counts.get(key)?.state ?? 0) + 1, timeMs)
    return counts.size
  }
}
