import type { BatchData, BatchFailure, OutputBatch } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { hasFailed } from './evaluation.ts'
import { type ExpectedBatch, outputsOf } from './expected-run.ts'
import type { RandomGraph } from './random-document.ts'
import type { WholeBatch } from './whole-batch.ts'

/** What a run on the engine gave. */
export interface ActualRun {
  readonly batches: readonly { readonly info: BatchInfo; readonly data: BatchData }[]
  readonly failures: readonly BatchFailure[]
}

/** Where a run differs from what the reference expects; empty when nowhere. */
export function differences(graph: RandomGraph, batches: readonly ExpectedBatch[], run: ActualRun): readonly string[] {
  return batches.flatMap((expected) => {
    const found = run.batches.filter(({ data }) => data.timeMs === expected.timeMs)
    const lost = run.failures.find(({ timeMs }) => timeMs === expected.timeMs && found.length === 0)
    const say = (text: string): string => `${expected.timeMs} ms: ${text}`
    if (lost?.node !== expected.lostAt)
      return [say(`expected the batch lost at ${expected.lostAt}, got ${JSON.stringify(lost)}`)]
    const [actual] = found
    const isWanted = expected.lostAt === undefined && expected.outcomes.size > 0
    if (found.length !== (isWanted ? 1 : 0)) return [say(`expected ${isWanted ? 1 : 0} batches, got ${found.length}`)]
    return actual === undefined ? [] : inBatch(graph, expected, actual).map(say)
  })
}

function inBatch(
  graph: RandomGraph,
  expected: ExpectedBatch,
  { info, data }: ActualRun['batches'][number],
): readonly string[] {
  const blamed = new Set<string>()
  const ids = data.outputs.map(({ id }) => id)
  const wanted = [...expected.outcomes.keys()]
  if (JSON.stringify(ids) !== JSON.stringify(wanted)) return [`expected outputs ${wanted}, got ${ids}`]
  const wrong = outputsOf(graph).flatMap(({ node, op }, id) => {
    const outcome = expected.outcomes.get(id)
    const output = data.outputs.find((each) => each.id === id)
    if (outcome === undefined || output === undefined) return []
    const reason = info.outputs.find((each) => each.id === id)?.failureReason
    if (hasFailed(outcome)) {
      for (const each of outcome.failed) blamed.add(each)
      return reason === undefined ? [`${node}: expected a failure at ${[...outcome.failed]}`] : []
    }
    if (reason !== undefined) return [`${node}: expected ${JSON.stringify(outcome.partitions)}, failed with ${reason}`]
    const want = JSON.stringify(cut(shown(op, outcome, expected.timeMs, graph.isOrdered(node)), graph, node))
    const got = JSON.stringify(given(op, output, graph.isOrdered(node)))
    return want === got ? [] : [`${op} ${node}: expected ${want}, got ${got}`]
  })
  const strange = data.failures.filter(({ node }) => !blamed.has(node))
  const counts = Object.entries(data.nodes).flatMap(([node, { partitions }]) => {
    const outcome = expected.outcomeOf(node)
    if (outcome === undefined) return [`${node} shows records, expected none`]
    const want = hasFailed(outcome) ? undefined : outcome.partitions.map((records) => records.length)
    // Beside a failure some partitions may not have been computed.
    const isKnown = want === undefined || data.failures.length > 0
    return isKnown || String(want) === String(partitions)
      ? []
      : [`${node} shows counts ${partitions}, expected ${want}`]
  })
  return [...wrong, ...strange.map((failure) => `unexpected failure ${JSON.stringify(failure)}`), ...counts]
}

/** What an output operation is to show of a batch. */
function shown(op: string, { partitions }: WholeBatch, timeMs: number, isOrdered: boolean): unknown {
  const all = partitions.flat()
  switch (op) {
    case 'foreachRDD':
      return [`${timeMs}${JSON.stringify(all)}`.slice(0, 2000)]
    case 'print':
    case 'table':
      return all
    case 'saveAsObjectFiles':
    case 'saveAsTextFiles':
      return partitions.length
    case 'counter':
    case 'chart':
      return all.length
    case 'webSocketSink':
      return Math.min(1, all.length)
    default:
      return partitions.map((records) => inOrder(records, isOrdered))
  }
}

/** Outputs that show only the first records. */
function cut(rows: unknown, { document }: RandomGraph, node: string): unknown {
  const params = document.nodes.find(({ id }) => id === node)?.params
  const limit = params?.num ?? params?.limit
  return typeof limit === 'number' && Array.isArray(rows) ? rows.slice(0, limit) : rows
}

function given(op: string, output: OutputBatch, isOrdered: boolean): unknown {
  switch (op) {
    case 'foreachRDD':
      return output.lines
    case 'print':
    case 'table':
      return output.rows
    case 'saveAsObjectFiles':
    case 'saveAsTextFiles':
      return output.saved?.parts
    case 'counter':
    case 'chart': {
      const { points = [], others } = output.figures ?? {}
      return points.reduce((sum, { value }) => sum + value, others?.value ?? 0)
    }
    case 'webSocketSink':
      return output.sent?.messages
    default: {
      let next = 0
      return output.partitions.map((size) => {
        next += size
        return inOrder(output.rows.slice(next - size, next), isOrdered)
      })
    }
  }
}

/** Where the order is a matter of chance, the order of the texts instead. */
function inOrder(records: readonly unknown[], isOrdered: boolean): readonly unknown[] {
  if (isOrdered) return records
  return [...records].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
