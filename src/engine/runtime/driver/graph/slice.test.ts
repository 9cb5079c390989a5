import { describe, expect, test } from 'vitest'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'
import type { DStreamGraph } from './dstream-graph.ts'

// BasicOperationsSuite, "slice", and PySpark's test_slice: one record per batch.

const nodes = { a: ['queueStream', { batches: [] }], out: ['print', {}, 'a'] } as const
const input = [[1], [2], [3], [4]]

function recordsOf(graph: DStreamGraph, fromMs: number, toMs: number): readonly unknown[] {
  const sliced = graph.slice('a', fromMs, toMs)
  if (!sliced.ok) throw new Error(JSON.stringify(sliced.error))
  return sliced.value.flatMap(({ payloads }) =>
    payloads.flatMap((payload) => (payload.kind === 'tagged' ? JSON.parse(payload.text) : [])),
  )
}

describe('a slice', () => {
  test.each([
    [0, 1000, [1]],
    [0, 2000, [1, 2]],
    [1000, 2000, [1, 2]],
    [2000, 4000, [2, 3, 4]],
  ])('from %i to %i ms, though no batch has run', (fromMs, toMs, records) => {
    const { graph } = makeGraph(nodes, { input })
    graph.start(0)
    expect(recordsOf(graph, fromMs, toMs)).toEqual(records)
  })

  test.each([
    [0, 0, [1]],
    [1, 2, [2, 3]],
    [1, 4, [2, 3, 4]],
    [0, 4, [1, 2, 3, 4]],
  ])('from %i to %i s after the first batch, remembered for 4 s', (fromSec, toSec, records) => {
    const { graph, run } = makeGraph(nodes, { input })
    graph.remember(4000)
    graph.start(0)
    run(4)
    expect(recordsOf(graph, 1000 + fromSec * 1000, 1000 + toSec * 1000)).toEqual(records)
  })

  test('moves both ends back to a slide, and has nothing before zero time', () => {
    const { graph } = makeGraph(nodes, { input })
    graph.start(0)
    expect(recordsOf(graph, 1900, 3999)).toEqual([1, 2, 3])
    expect(recordsOf(graph, -5000, 1000)).toEqual([1])
    expect(recordsOf(graph, 3000, 2000)).toEqual([])
  })

  test('of what is remembered is the same RDDs', () => {
    const { graph, streamOf, run } = makeGraph(nodes, { input })
    graph.start(0)
    run(1)
    expect(graph.slice('a', 1000, 1000)).toEqual({ ok: true, value: [streamOf('a').remembered().get(1000)] })
  })

  test('cannot be had before the start, nor of a node that does not run', () => {
    const { graph } = makeGraph(nodes, { input })
    expect(graph.slice('a', 0, 1000)).toMatchObject({
      ok: false,
      error: [{ code: 'run/slice', node: 'a', message: expect.stringContaining('has not been initialized') }],
    })
    expect(graph.slice('b', 0, 1000)).toMatchObject({ ok: false, error: [{ node: 'b' }] })
  })
})
