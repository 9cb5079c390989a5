import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { openSixOperators, sixOperators } from './six-operators.ts'

/** Rows of other shapes than the measured ones, for the very same operators. */
const OTHER_ROWS = [
  '({ price: i % 1000, id: i, tags: i % 17 })',
  '({ tags: i % 17, price: (i % 1000) + 0.5, id: i, more: null })',
  "({ id: i, price: i % 1000, tags: String(i), name: 'n' })",
  '({ id: i / 2, price: String(i % 1000), tags: null })',
  'Object.create(null, { id: { value: i }, price: { value: i % 900 }, tags: { value: 1 } })',
  'Object.assign([i], { id: i, price: 3, tags: 4 })',
]

/** The six operators once more, after pipelines of the same text went over rows of other shapes: each has a loop that knows its own only. */
export async function oneTextOfMany(host: BenchHost): Promise<BenchCase> {
  for (const row of OTHER_ROWS) {
    const rows = `const chunks = Array.from({ length: 400 }, (_, chunk) => Array.from({ length: 50 }, (_, i) => (${row})))`
    const engine = await openSixOperators(host, rows, 400)
    for (let batch = 0; batch < 30; batch++) await engine.batch()
  }
  const { title, records, variants } = await sixOperators(host)
  const [hand, ...others] = variants
  const engine = others.filter(({ name }) => name === 'engine')
  return {
    records,
    variants: [hand, ...engine],
    title: `${title}, after six pipelines of the same text over other objects`,
  }
}
