import type { BenchCase } from '#e2e/bench/engine/case.ts'
import { packPairs, transferablesOf, unpackPairs } from '#engine/record/columns.ts'

const PAIRS = 20_000
// The realm is stripped before anything is measured: what is needed of it is taken here.
const clone = structuredClone

/** Pairs of a key and a number on their way from one executor to another: as columns, as they are, and as objects. */
export async function shuffleTransport(): Promise<BenchCase> {
  let pairs: readonly (readonly [string, number])[] = []
  const prepare = (): void => {
    pairs = Array.from({ length: PAIRS }, (_, index) => [`user-${(index * 7919) % 100_003}`, index] as const)
  }
  let objects: readonly { readonly key: string; readonly value: number }[] = []
  return {
    title: `${PAIRS} pairs of text and number packed, copied by structured clone and unpacked`,
    records: PAIRS,
    variants: [
      { name: 'engine columns', prepare, run: () => sumOf(throughColumns(pairs)) },
      { name: 'pairs', prepare, run: () => sumOf(clone(pairs)) },
      {
        name: 'objects',
        prepare: () => {
          prepare()
          objects = pairs.map(([key, value]) => ({ key, value }))
        },
        run: () => clone(objects).reduce((sum, { key, value }) => sum + key.length + value, 0),
      },
    ],
  }
}

function throughColumns(pairs: readonly (readonly [string, number])[]): [unknown, unknown][] {
  const columns = packPairs(pairs)
  if (columns === undefined) throw new Error('all of them are pairs')
  return unpackPairs(clone(columns, { transfer: transferablesOf(columns.keys, columns.values) }))
}

/** Looks at every pair, as whoever takes them does. */
function sumOf(pairs: readonly (readonly [unknown, unknown])[]): number {
  return pairs.reduce((sum, [key, value]) => sum + String(key).length + Number(value), 0)
}
