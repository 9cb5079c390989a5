import type { RandomGraph } from '#engine/reference/random-document.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

export function runGraph(graph: RandomGraph, options: Partial<RunOptions> = {}): Promise<FinishedRun> {
  const { document, isFed, inputs, collect, batches } = graph
  return runPipeline(document, { batches, inputs: isFed ? inputs : {}, collect, ...options })
}

/** A graph as a person wants to read it when a test fails. */
export function printGraph({ document, inputs, collect, batches }: RandomGraph): string {
  const nodes = document.nodes.map(({ id, op, params }) => {
    const from = document.edges.filter((edge) => edge.to === id)
    const reads = from.map((edge) => (edge.port === undefined ? edge.from : `${edge.from} as ${edge.port}`))
    return `  ${id} = ${op}(${reads.join(', ')}) ${JSON.stringify(inputs[id] ?? params)}`
  })
  return [`${batches} batches, ${JSON.stringify(document.settings)}`, ...nodes, `  collect ${collect}`].join('\n')
}

/** A number of runs, or what the environment says. */
export function runsFrom(variable: string, usual: number): number {
  return Number(process.env[variable] ?? usual)
}

/** A seed for the test's name, so that it is printed in any case; SLUICE_SEED chooses it. */
export const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 0x7fff_ffff)

/** Time for so many runs, and for making a failure small. */
export function limitMs(runs: number): number {
  return 120_000 + runs * 300
}
