import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '#engine/model/json.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Windows that go on from what they know give what a plain window gives whose records are worked on anew.

interface Step {
  readonly op: string
  readonly params?: object
}

interface Windowing {
  readonly batches: readonly (readonly Json[] | null)[]
  readonly partitions: number
  readonly windowMs: number
  readonly slideMs: number
}

const add = '(a, b) => a + b'
const reduce = { reduce: add }
const incremental = { reduce: add, inverse: '(a, b) => a - b' }
const map: Step = { op: 'map', params: { fn: "n => [n % 3 === 0 ? 'three' : n % 3, n]" } }

/** Numbers above 0, so that only an empty window has a sum of 0. */
const windowings: fc.Arbitrary<Windowing> = fc
  .record({
    batches: fc.array(fc.option(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 })), {
      minLength: 1,
      maxLength: 8,
    }),
    partitions: fc.integer({ min: 1, max: 3 }),
    slide: fc.integer({ min: 1, max: 3 }),
    more: fc.nat(3),
  })
  .map(({ slide, more, ...rest }) => ({ ...rest, slideMs: slide * 1000, windowMs: (slide + more) * 1000 }))

/** Records of each result of both ways, sorted: [time, records]. */
async function runBoth({ batches, partitions, windowMs, slideMs }: Windowing, ways: readonly (readonly Step[])[]) {
  const at = [0, 0]
  const chains = ways.map((steps, way) =>
    steps.map(({ op, params = {} }, i) => {
      const timed = op.endsWith('indow') ? { ...params, windowMs, slideMs } : params
      return { id: `w${way}s${i}`, op, params: timed, at }
    }),
  )
  const document = {
    format: 'sluice/1',
    name: 'Both ways',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1 },
    nodes: [{ id: 'source', op: 'queueStream', params: { batches: [] }, at }, ...chains.flat()],
    edges: chains.flatMap((chain) => chain.map(({ id }, i) => ({ from: chain[i - 1]?.id ?? 'source', to: id }))),
  }
  const collect = chains.map((chain) => chain.at(-1)?.id ?? 'source')
  const out = collect.map((from, i) => ({ id: `out${i}`, op: 'print', params: {}, at, from }))
  const run = await runPipeline(
    {
      ...document,
      nodes: [...document.nodes, ...out.map(({ from: _from, ...node }) => node)],
      edges: [...document.edges, ...out.map(({ from, id }) => ({ from, to: id }))],
    },
    // Up to the last result: a run without a job in its last batch would not see its end.
    {
      batches: Math.ceil((batches.length * 1000) / slideMs) * (slideMs / 1000),
      inputs: { source: { batches, partitions } },
      collect,
    },
  )
  expect(run.failures).toEqual([])
  return collect.map((node) =>
    run.recordsOf(node).map(({ timeMs, records }) => [timeMs, records.map((record) => JSON.stringify(record)).sort()]),
  )
}

const cases: readonly (readonly [string, readonly Step[], readonly Step[]])[] = [
  ['countByValueAndWindow', [{ op: 'countByValueAndWindow' }], [{ op: 'window' }, { op: 'countByValue' }]],
  ['groupByKeyAndWindow', [map, { op: 'groupByKeyAndWindow' }], [{ op: 'window' }, map, { op: 'groupByKey' }]],
  ['reduceByWindow', [{ op: 'reduceByWindow', params: reduce }], [{ op: 'window' }, { op: 'reduce', params: reduce }]],
  [
    'reduceByWindow with an inverse, zeros apart,',
    [
      { op: 'reduceByWindow', params: incremental },
      { op: 'filter', params: { fn: 'sum => sum !== 0' } },
    ],
    [{ op: 'window' }, { op: 'reduce', params: reduce }],
  ],
  [
    'reduceByKeyAndWindow with an inverse and a filter',
    [map, { op: 'reduceByKeyAndWindow', params: { ...incremental, filter: '([, sum]) => sum !== 0' } }],
    [{ op: 'window' }, map, { op: 'reduceByKey', params: reduce }],
  ],
]

test.each(cases)(
  '%s agrees',
  async (_name, known, anew) => {
    await fc.assert(
      fc.asyncProperty(windowings, async (windowing) => {
        const [left, right] = await runBoth(windowing, [known, anew])
        expect(left).toEqual(right)
      }),
      { numRuns: 25 },
    )
  },
  30_000,
)
