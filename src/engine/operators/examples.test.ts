import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Json } from '#engine/model/json.ts'
import type { Example, Operator } from '#engine/operator/operator.ts'
import { operators } from '#engine/registry.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Every operator's examples run as its help shows them, however the records are cut up and wherever the run breaks off.

const BATCH_MS = 1000

type RunOptions = Partial<Parameters<typeof runPipeline>[1]>

/** A pipeline of the operator as `n`, with a source per example input and an output when it is none itself. */
function pipelineOf(operator: Operator, example: Example, master: string) {
  const sources = example.inputs.map((_, i) => ({
    id: `s${i}`,
    op: 'queueStream',
    params: { batches: [] },
    at: [0, 0],
  }))
  const [first, ...others] = operator.inputs
  const portOf = (i: number) => (first?.many ? first.name : [first, ...others][i]?.name)
  const output = operator.output === undefined ? [] : [{ id: 'out', op: 'print', params: {}, at: [0, 0] }]
  return {
    format: 'sluice/1',
    name: example.title,
    settings: { batchMs: BATCH_MS, master, checkpoint: true, seed: 1 },
    nodes: [...sources, { id: 'n', op: operator.name, params: example.params, at: [0, 0] }, ...output],
    edges: [
      ...sources.map(({ id }, i) => ({ from: id, to: 'n', port: portOf(i) })),
      ...output.map(({ id }) => ({ from: 'n', to: id })),
    ],
  }
}

const batchesOf = ({ inputs, expected }: Example): number =>
  inputs.length === 0 ? expected.length : Math.max(...inputs.map((batches) => batches.length))

async function runExample(operator: Operator, example: Example, cores: number, more: RunOptions = {}) {
  const partitions = example.partitions ?? cores
  const inputs = Object.fromEntries(example.inputs.map((batches, i) => [`s${i}`, { batches, partitions }]))
  const document = pipelineOf(operator, example, `local[${cores}]`)
  const run = await runPipeline(document, { batches: batchesOf(example), inputs, collect: ['n'], ...more })
  expect(run.failures).toEqual([])
  return { results: run.recordsOf('n'), recovered: run.recovered }
}

/** Records as a multiset. */
const sorted = (records: readonly Json[]): readonly string[] => records.map((record) => JSON.stringify(record)).sort()

const cases = operators.flatMap((operator) =>
  operator.examples.map((example) => [`${operator.name}: ${example.title}`, operator, example] as const),
)

describe.each(cases)('%s', (_title, operator, example) => {
  test.each([1, 2, 3])(
    'gives what it shows with %i cores and, where none is given, as many partitions',
    async (cores) => {
      const { results } = await runExample(operator, example, cores)
      expect(results.map(({ records }) => sorted(records))).toEqual(example.expected.map(sorted))
    },
  )

  test('gives the same in the same order every time', async () => {
    expect(await runExample(operator, example, 2)).toEqual(await runExample(operator, example, 2))
  })
})

describe.each(cases.filter(([, { inputs }]) => inputs.length > 0))('%s, recovered', (_title, operator, example) => {
  test('goes on where it was killed as if nothing had happened', async () => {
    const whole = await runExample(operator, example, 2)
    for (let killed = 1; killed < batchesOf(example); killed++) {
      const store = new MemoryCheckpointStore()
      const killAfterMs = killed * BATCH_MS
      await runExample(operator, example, 2, { store, killAfterMs })
      const rest = await runExample(operator, example, 2, { store })
      expect(rest.recovered).toBeDefined()
      // The batch of the last checkpoint may run twice, none before it does.
      const since = rest.results[0]?.timeMs ?? Number.POSITIVE_INFINITY
      expect(since).toBeGreaterThanOrEqual(killAfterMs)
      expect(rest.results).toEqual(whole.results.filter(({ timeMs }) => timeMs >= since))
      expect(rest.results.at(-1)?.timeMs).toBe(whole.results.at(-1)?.timeMs)
    }
  })
})
