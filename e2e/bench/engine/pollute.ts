import type { BenchHost } from './case.ts'
import { openEngine } from './engine-run.ts'

const MAKERS: readonly [make: string, change: string, test: string, key: string][] = [
  ['i => i', 'x => x + 1', 'x => x > 2', 'x => x % 7'],
  ['i => i / 3', 'x => x * 1.5', 'x => x > 2', 'x => Math.round(x) % 5'],
  ["i => 'word' + i", 'x => x.toUpperCase()', "x => x.endsWith('1') === false", 'x => x.slice(0, 5)'],
  ['i => [i, String(i)]', 'x => [x[1], x[0]]', 'x => x[1] > 3', 'x => x[1] % 4'],
  ["i => ({ id: i, name: 'n' + i })", 'x => ({ ...x, seen: true })', 'x => x.id > 1', 'x => x.id % 3'],
  ['i => ({ at: new Date(i), deep: { i } })', 'x => x.deep', 'x => x.i !== 5', 'x => [x.i % 2, 1]'],
  ['i => (i % 2 === 0 ? null : i)', 'x => x ?? -1', 'x => x !== 0', 'x => x'],
  ['i => BigInt(i)', 'x => x * 2n', 'x => x > 4n', 'x => x % 3n'],
]

/** Runs pipelines over all sorts of records through the engine, so that no code of it has seen one sort only. */
export async function pollute(host: BenchHost): Promise<void> {
  for (const [make, change, test, key] of MAKERS) {
    const engine = await openEngine(
      {
        rows: ['simulatedStream', { generator: 'custom', fn: make, rowsPerSecond: 500, partitions: 1 }],
        changed: ['map', { fn: change }, 'rows'],
        kept: ['filter', { fn: test }, 'changed'],
        pairs: ['map', { fn: `x => [(${key})(x), 1]` }, 'kept'],
        sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
        window: ['reduceByKeyAndWindow', { reduce: '(a, b) => a + b', windowMs: 3000 }, 'pairs'],
        groups: ['groupByKey', {}, 'pairs'],
        out: ['print', { num: 1 }, 'window'],
        out2: ['print', { num: 1 }, 'groups'],
      },
      host,
    ).catch((error) => {
      throw new Error(`pollution by ${make}: ${error}`)
    })
    for (let batch = 0; batch < 30; batch++) await engine.batch()
  }
}
