import { LostBatch, type Outcome } from './evaluation.ts'
import type { RandomGraph } from './random-document.ts'
import { Reference, TooManyRecords } from './reference.ts'

/** What the reference says of one batch: lost at a node, or one outcome per output operation that has an RDD, by its id. */
export interface ExpectedBatch {
  readonly timeMs: number
  readonly lostAt: string | undefined
  readonly outcomes: ReadonlyMap<number, Exclude<Outcome, undefined>>
  /** What any node has in the batch; undefined when it has no RDD, or cannot have one. */
  outcomeOf(node: string): Outcome
}

const OUTPUTS: readonly string[] = [
  'print',
  'table',
  'foreachRDD',
  'saveAsObjectFiles',
  'saveAsTextFiles',
  'counter',
  'chart',
  'webSocketSink',
]

/** The output operations of a graph by id: those of the document, then what is collected. */
export function outputsOf({
  document,
  collect,
}: RandomGraph): readonly { readonly node: string; readonly op: string }[] {
  const own = document.nodes.filter(({ op }) => OUTPUTS.includes(op)).map(({ id, op }) => ({ node: id, op }))
  return [...own, ...collect.map((node) => ({ node, op: 'collect' }))]
}

/** Whether anything is heard of a batch: one without an output operation passes in silence. */
function isHeard({ lostAt, outcomes }: ExpectedBatch): boolean {
  return lostAt !== undefined || outcomes.size > 0
}

/** The batches of a graph after the reference, up to the last of which anything is heard; undefined: there is none, or more in it than
 *  tests want to wait for. */
export function expectedRun(graph: RandomGraph): readonly ExpectedBatch[] | undefined {
  try {
    const batches = everyBatch(graph)
    const last = batches.map(isHeard).lastIndexOf(true)
    return last < 0 ? undefined : batches.slice(0, last + 1)
  } catch (thrown) {
    if (thrown instanceof TooManyRecords) return undefined
    throw thrown
  }
}

function everyBatch(graph: RandomGraph): readonly ExpectedBatch[] {
  const { document, inputs, defaultParallelism } = graph
  const { nodes, edges } = document
  const reference = new Reference({ batchMs: 1000, defaultParallelism, nodes, edges, inputs })
  const outcomeOf = (node: string, timeMs: number): Outcome => {
    try {
      return reference.outcome(node, timeMs)
    } catch (thrown) {
      if (thrown instanceof LostBatch) return undefined
      throw thrown
    }
  }
  return Array.from({ length: graph.batches }, (_, index): ExpectedBatch => {
    const timeMs = (index + 1) * 1000
    const outcomes = new Map<number, Exclude<Outcome, undefined>>()
    const batch = { timeMs, outcomeOf: (node: string) => outcomeOf(node, timeMs) }
    try {
      outputsOf(graph).forEach(({ node }, id) => {
        const outcome = reference.outcome(node, timeMs)
        if (outcome !== undefined) outcomes.set(id, outcome)
      })
    } catch (thrown) {
      if (thrown instanceof LostBatch) return { ...batch, lostAt: thrown.node, outcomes: new Map() }
      throw thrown
    }
    return { ...batch, lostAt: undefined, outcomes }
  })
}
