import { from, groupBy, map, mergeMap, reduce } from 'rxjs'
import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { openEngine } from '#e2e/bench/engine/engine-run.ts'

const CHUNKS = 100
const CHUNK = 5000
const KEYS = 997

const ROWS = `const chunks = Array.from({ length: ${CHUNKS} }, (_, chunk) =>
  Array.from({ length: ${CHUNK} }, (_, row) => ({ user: 'user-' + (((chunk * ${CHUNK} + row) * 7919) % ${KEYS}), amount: row % 100 })))`

interface Sale {
  readonly user: string
  readonly amount: number
}

/** Amounts added up by user. */
export async function grouping(host: BenchHost): Promise<BenchCase> {
  const { chunks } = (await host.importModule(`export ${ROWS}`)) as { chunks: readonly (readonly Sale[])[] }
  const engine = await openEngine(
    {
      numbers: ['constantStream', { records: chunks.map((_, index) => index), partitions: 1 }],
      sales: ['flatMap', { fn: 'number => chunks[number]' }, 'numbers'],
      pairs: ['map', { fn: 'sale => [sale.user, sale.amount]' }, 'sales'],
      sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
      out: ['print', { num: 1 }, 'sums'],
    },
    host,
    { prelude: ROWS },
  )
  return {
    title: `${CHUNKS * CHUNK} objects added up by ${KEYS} keys`,
    records: CHUNKS * CHUNK,
    variants: [
      { name: 'hand loop', run: () => byHand(chunks) },
      { name: 'engine', run: async () => (await engine.batch()).nodes.sums?.records },
      { name: 'plain arrays', run: () => byArrays(chunks) },
      { name: 'RxJS groupBy', run: () => byRx(chunks) },
    ],
  }
}

function byHand(chunks: readonly (readonly Sale[])[]): number {
  const sums = new Map<string, { sum: number }>()
  for (const chunk of chunks) {
    for (const { user, amount } of chunk) {
      const cell = sums.get(user)
      if (cell === undefined) sums.set(user, { sum: amount })
      else cell.sum += amount
    }
  }
  return sums.size
}

function byArrays(chunks: readonly (readonly Sale[])[]): number {
  return chunks
    .flatMap((chunk) => chunk.map(({ user, amount }) => [user, amount] as const))
    .reduce((sums, [user, amount]) => sums.set(user, (sums.get(user) ?? 0) + amount), new Map<string, number>()).size
}

function byRx(chunks: readonly (readonly Sale[])[]): number {
  let keys = 0
  from(chunks)
    .pipe(
      mergeMap((chunk) => chunk),
      groupBy((sale) => sale.user),
      mergeMap((group) =>
        group.pipe(
          reduce((sum, sale) => sum + sale.amount, 0),
          map((sum) => [group.key, sum]),
        ),
      ),
    )
    .subscribe(() => {
      keys += 1
    })
  return keys
}
