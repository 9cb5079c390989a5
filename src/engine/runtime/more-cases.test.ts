import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Json } from '#engine/model/json.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Figures worked out from Spark's rules by a program of its own, which shares nothing with the engine or its reference: every partition, in order.

interface Case {
  readonly title: string
  readonly settings: object
  readonly nodes: Readonly<Record<string, NodeText>>
  readonly inputs: Readonly<Record<string, { readonly batches: readonly (readonly Json[] | null)[] }>>
  /** The last of them has a job, which is what the run waits for. */
  readonly batches: number
  readonly collect: readonly string[]
  /** Nodes whose order within a partition Spark leaves open. */
  readonly unordered?: readonly string[]
  /** Of every collected RDD the batch time, the node and the partitions. */
  readonly expected: readonly (readonly [timeMs: number, node: string, partitions: readonly (readonly Json[])[]])[]
  /** Times of the batches that fail. */
  readonly failed: readonly number[]
}

// One case a line. Our own file; what tests read of it they assert.
const cases = readFileSync(new URL('./testing/more-cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line))

test.each(cases.map((each) => [each.title, each] as const))('%s', async (_title, each) => {
  const { failures, recordsOf } = await runPipeline(documentOf(each.nodes, each.settings), each)
  const ordered = (node: string, records: readonly Json[]) =>
    each.unordered?.includes(node) === true ? records.map((record) => JSON.stringify(record)).sort() : records
  for (const node of each.collect) {
    const found = recordsOf(node).map(({ timeMs, partitions, records }) => {
      const rest = [...records]
      return [timeMs, partitions.map((count) => ordered(node, rest.splice(0, count)))]
    })
    const expected = each.expected.filter(([, of]) => of === node)
    expect(found).toEqual(expected.map(([timeMs, , parts]) => [timeMs, parts.map((part) => ordered(node, part))]))
  }
  expect([...new Set(failures.map(({ timeMs }) => timeMs))]).toEqual(each.failed)
})
