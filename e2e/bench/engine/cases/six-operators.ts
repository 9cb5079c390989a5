import { filter, from, map, mergeMap, reduce } from 'rxjs'
import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { type EngineRun, openEngine } from '#e2e/bench/engine/engine-run.ts'

const CHUNKS = 400
const CHUNK = 5000

interface Row {
  readonly id: number
  readonly price: number
  readonly tags: number
}

/** Builds the rows inside the engine's own module, and once more for the others. */
const ROWS = `const chunks = Array.from({ length: ${CHUNKS} }, (_, chunk) =>
  Array.from({ length: ${CHUNK} }, (_, row) => ({ id: chunk * ${CHUNK} + row, price: (row * 7919) % 1000, tags: row % 17 })))`

const STEPS = {
  cheap: 'row => row.price < 900',
  taxed: 'row => ({ id: row.id, price: row.price * 1.2, tags: row.tags })',
  tagged: 'row => row.tags !== 3',
  half: 'row => ({ id: row.id, price: row.price / 2, tags: row.tags + 1 })',
  odd: 'row => (row.id & 1) === 1',
  price: 'row => row.price + row.tags',
}

/** A pipeline of the six operators and the sum; `rows` declares its chunks of rows. */
export function openSixOperators(host: BenchHost, rows: string, chunks: number): Promise<EngineRun> {
  return openEngine(
    {
      numbers: ['constantStream', { records: Array.from({ length: chunks }, (_, index) => index), partitions: 1 }],
      rows: ['flatMap', { fn: 'number => chunks[number]' }, 'numbers'],
      cheap: ['filter', { fn: STEPS.cheap }, 'rows'],
      taxed: ['map', { fn: STEPS.taxed }, 'cheap'],
      tagged: ['filter', { fn: STEPS.tagged }, 'taxed'],
      half: ['map', { fn: STEPS.half }, 'tagged'],
      odd: ['filter', { fn: STEPS.odd }, 'half'],
      price: ['map', { fn: STEPS.price }, 'odd'],
      sum: ['reduce', { reduce: '(a, b) => a + b' }, 'price'],
      out: ['print', { num: 1 }, 'sum'],
    },
    host,
    { prelude: rows },
  )
}

/** Six cheap operators over objects, and the sum: filter, map, filter, map, filter, map. */
export async function sixOperators(host: BenchHost): Promise<BenchCase> {
  const { chunks } = (await host.importModule(`export ${ROWS}`)) as { chunks: readonly (readonly Row[])[] }
  const engine = await openSixOperators(host, ROWS, CHUNKS)
  return {
    title: `six cheap operators on ${CHUNKS * CHUNK} objects, and their sum`,
    records: CHUNKS * CHUNK,
    variants: [
      { name: 'hand loop', run: () => byHand(chunks) },
      {
        name: 'engine',
        run: async () => Number((await engine.batch()).nodes.sum?.sample[0]),
      },
      { name: 'plain arrays', run: () => byArrays(chunks) },
      { name: 'RxJS', run: () => byRx(chunks) },
    ],
  }
}

const cheap = (row: Row): boolean => row.price < 900
const taxed = (row: Row): Row => ({ id: row.id, price: row.price * 1.2, tags: row.tags })
const tagged = (row: Row): boolean => row.tags !== 3
const half = (row: Row): Row => ({ id: row.id, price: row.price / 2, tags: row.tags + 1 })
const odd = (row: Row): boolean => (row.id & 1) === 1
const price = (row: Row): number => row.price + row.tags

function byHand(chunks: readonly (readonly Row[])[]): number {
  let sum = 0
  for (const chunk of chunks) {
    for (const row of chunk) {
      if (!cheap(row)) continue
      const a = taxed(row)
      if (!tagged(a)) continue
      const b = half(a)
      if (!odd(b)) continue
      sum += price(b)
    }
  }
  return sum
}

function byArrays(chunks: readonly (readonly Row[])[]): number {
  let sum = 0
  for (const chunk of chunks)
    sum = chunk
      .filter(cheap)
      .map(taxed)
      .filter(tagged)
      .map(half)
      .filter(odd)
      .map(price)
      .reduce((a, b) => a + b, sum)
  return sum
}

function byRx(chunks: readonly (readonly Row[])[]): number {
  let result = 0
  from(chunks)
    .pipe(
      mergeMap((chunk) => chunk),
      filter(cheap),
      map(taxed),
      filter(tagged),
      map(half),
      filter(odd),
      map(price),
      reduce((a, b) => a + b, 0),
    )
    .subscribe((sum) => {
      result = sum
    })
  return result
}
