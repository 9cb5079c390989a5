import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { graphChoices } from '#engine/reference/testing/graph-arbitrary.ts'
import { limitMs, printGraph, runGraph, runsFrom, seed } from '#engine/reference/testing/graphs.ts'
import { operators } from '#engine/registry.ts'
import type { FinishedRun, RunOptions } from '#engine/runtime/testing/run-pipeline.ts'
import { SeededAllocation } from '#engine/runtime/testing/seeded-allocation.ts'
import { differences } from './differences.ts'
import { expectedRun } from './expected-run.ts'
import type { GraphChoices } from './graph-choices.ts'
import { graphOf, type RandomGraph } from './random-document.ts'
import { referenceOperators } from './reference.ts'

// Random pipelines on the engine and on the reference: every record of every collected node, in its partition and order, and every
// failure. Then what holds of each whatever it computes: the same again gives the same, so do other numbers of executors, and so
// does a driver that dies and goes on. SLUICE_GRAPHS and SLUICE_TWICE say how many, SLUICE_SEED which.

const runs = runsFrom('SLUICE_GRAPHS', 2000)
const fewer = runsFrom('SLUICE_TWICE', 300)
const some = Math.ceil(fewer / 3)

/** They hear from outside. */
const RECEIVERS = ['manualStream', 'receiverStream', 'webSocketTextStream']

test('the reference knows every operator that does not hear from outside', () => {
  const known = [...referenceOperators, ...RECEIVERS, 'queueStream']
  expect(operators.map(({ name }) => name).sort()).toEqual(known.sort())
})

test(
  `${runs} random graphs give what the reference gives (seed ${seed})`,
  async () => {
    let compared = 0
    let failed = 0
    const used = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.oneof(graphChoices(0), graphChoices(4)), async (choices) => {
        const graph = graphOf(choices)
        const expected = expectedRun(graph)
        if (expected === undefined) return
        const run = await runGraph(graph, { batches: expected.length })
        const wrong = differences(graph, expected, run)
        if (wrong.length > 0) throw new Error(`${printGraph(graph)}\n${wrong.slice(0, 3).join('\n')}`)
        compared += 1
        for (const { op } of graph.document.nodes) used.add(op)
        if (run.failures.length > 0) failed += 1
      }),
      { numRuns: runs, seed, interruptAfterTimeLimit: limitMs(runs) },
    )
    // A few graphs alone say little of what all of them are like.
    if (runs < 1000) return
    expect([...used].sort()).toEqual([...referenceOperators, 'queueStream'].sort())
    expect(compared).toBeGreaterThan(runs * 0.9)
    expect(failed).toBeGreaterThan(runs * 0.05)
  },
  limitMs(runs) + 10_000,
)

type Check = (graph: RandomGraph, batches: number, choices: GraphChoices) => Promise<void>

function onRandomGraphs(nulls: number, check: Check, numRuns = fewer): Promise<void> {
  const property = fc.asyncProperty(graphChoices(nulls), async (choices) => {
    const graph = graphOf(choices)
    const expected = expectedRun(graph)
    if (expected === undefined) return
    try {
      await check(graph, expected.length, choices)
    } catch (thrown) {
      throw new Error(`${printGraph(graph)}\n${String(thrown)}`, { cause: thrown })
    }
  })
  return fc.assert(property, { numRuns, seed, interruptAfterTimeLimit: limitMs(numRuns) })
}

/** Everything that does not tell the time of day, as text. */
const linesOf = (run: FinishedRun): string =>
  run.batches.map(({ data }) => JSON.stringify(data)).join('\n') + JSON.stringify(run.failures)

/** What the outputs of each batch gave, and which of them failed. Which of several failures is named first may differ. */
function outputsOf({ batches }: FinishedRun): ReadonlyMap<number, unknown> {
  return new Map(
    batches.map(({ info, data }) => [
      data.timeMs,
      {
        outputs: data.outputs,
        failed: info.outputs.filter((each) => each.failureReason !== undefined).map(({ id }) => id),
      },
    ]),
  )
}

/** As `outputsOf`, with the counts and samples of the nodes where nothing failed. */
function dataOf(run: FinishedRun): ReadonlyMap<number, unknown> {
  const outputs = outputsOf(run)
  return new Map(
    run.batches.map(({ data }) => [
      data.timeMs,
      data.failures.length > 0 ? outputs.get(data.timeMs) : { nodes: data.nodes, outputs: outputs.get(data.timeMs) },
    ]),
  )
}

const title = (text: string): string => `${fewer} random graphs ${text} (seed ${seed})`

test(
  title('give the same bytes when they run again'),
  async () => {
    await onRandomGraphs(4, async (graph, batches) => {
      const once = await runGraph(graph, { batches })
      expect(linesOf(await runGraph(graph, { batches }))).toBe(linesOf(once))
    })
  },
  limitMs(fewer),
)

test(
  title('give the same over 1, 2 and 4 executors'),
  async () => {
    await onRandomGraphs(4, async (graph, batches) => {
      const over = (cores: number): Promise<FinishedRun> => {
        const conf = { 'spark.default.parallelism': graph.defaultParallelism }
        const settings = { ...graph.document.settings, master: `local[${cores}]`, conf }
        return runGraph({ ...graph, document: { ...graph.document, settings } }, { batches })
      }
      const one = outputsOf(await over(1))
      for (const cores of [2, 4]) expect(outputsOf(await over(cores))).toEqual(one)
    })
  },
  limitMs(fewer),
)

test(
  `${some} random graphs give the same when executors come to take part and leave (seed ${seed})`,
  async () => {
    let moves = 0
    const check: Check = async (graph, batches, choices) => {
      const conf = { 'spark.default.parallelism': graph.defaultParallelism }
      const over = (cores: number, options: Partial<RunOptions> = {}): Promise<FinishedRun> => {
        const settings = { ...graph.document.settings, master: `local[${cores}]`, conf }
        return runGraph({ ...graph, document: { ...graph.document, settings } }, { batches, ...options })
      }
      const steady = await over(1)
      const one = dataOf(steady)
      const allocation = new SeededAllocation(4, choices.collected)
      expect(dataOf(await over(4, { allocation }))).toEqual(one)
      moves += allocation.done
      // Executors that are lost in between, too, and drivers.
      const lossMs = 1000 * (1 + (choices.collected % batches))
      const losesAt = (timeMs: number): number | undefined => (timeMs === lossMs ? choices.collected % 61 : undefined)
      const unsteady = new SeededAllocation(3, choices.collected + 1)
      if (choices.collected % 3 === 0)
        expect(outputsOf(await over(3, { allocation: unsteady, losesAt }))).toEqual(outputsOf(steady))
      if (choices.collected % 3 !== 1) return
      const store = new MemoryCheckpointStore()
      const killAfterMs = 1000 * (1 + (choices.collected % Math.max(1, batches - 1)))
      await over(3, { store, killAfterMs, allocation: unsteady })
      const after = outputsOf(await over(3, { store, allocation: new SeededAllocation(3, choices.collected) }))
      for (const [timeMs, outputs] of after) expect([timeMs, outputs]).toEqual([timeMs, outputsOf(steady).get(timeMs)])
    }
    await onRandomGraphs(4, check, some)
    expect(moves).toBeGreaterThan(some / 2)
  },
  limitMs(some),
)

test(
  title('give the same after the driver has died'),
  async () => {
    let recovered = 0
    await onRandomGraphs(4, async (graph, batches, choices) => {
      const whole = outputsOf(await runGraph(graph, { batches }))
      const store = new MemoryCheckpointStore()
      const killAfterMs = 1000 * (1 + (choices.collected % Math.max(1, batches - 1)))
      const before = await runGraph(graph, { batches, store, killAfterMs })
      const after = outputsOf(await runGraph(graph, { batches, store }))
      for (const [timeMs, outputs] of after) expect(outputs).toEqual(whole.get(timeMs))
      const seen = [...outputsOf(before).keys(), ...after.keys()]
      expect(new Set(seen)).toEqual(new Set(whole.keys()))
      recovered += 1
    })
    expect(recovered).toBeGreaterThan(fewer * 0.9)
  },
  limitMs(fewer),
)

test(
  title('give the same when executors are lost'),
  async () => {
    await onRandomGraphs(4, async (graph, batches, choices) => {
      const whole = outputsOf(await runGraph(graph, { batches }))
      const lossMs = 1000 * (1 + (choices.collected % batches))
      const losesAt = (timeMs: number): number | undefined => (timeMs === lossMs ? choices.collected % 61 : undefined)
      expect(outputsOf(await runGraph(graph, { batches, losesAt }))).toEqual(whole)
    })
  },
  limitMs(fewer),
)
