import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'

// BasicOperationsSuite, "rdd cleanup": what is still known after ten batches of a second.

describe('RDDs', () => {
  test('of windows upon windows, in a context that remembers 3 s', () => {
    const { graph, streamOf, run } = makeGraph({
      a: ['queueStream', { batches: [] }],
      map: ['map', { fn: 'x => x' }, 'a'],
      two: ['window', { windowMs: 2000, slideMs: 1000 }, 'map'],
      four: ['window', { windowMs: 4000, slideMs: 2000 }, 'two'],
      out: ['print', {}, 'four'],
    })
    expect(graph.remember(3000)).toEqual({ ok: true, value: undefined })
    graph.start(0)
    run(10)
    for (const [node, rememberMs, yes, no] of [
      ['four', 3000, [10_000, 8000], [6000]],
      ['two', 7000, [10_000, 4000], [3000]],
      ['map', 9000, [10_000, 2000], [1000]],
    ] as const) {
      const stream = streamOf(node)
      expect(stream.rememberMs).toBe(rememberMs)
      expect(yes.map((timeMs) => stream.remembered().has(timeMs))).toEqual(yes.map(() => true))
      expect(no.map((timeMs) => stream.remembered().has(timeMs))).toEqual(no.map(() => false))
    }
  })

  test('of a state, for two checkpoint intervals', () => {
    const fn = '(values, state) => (state ?? 0) + values.length'
    const { graph, streamOf, run } = makeGraph({
      a: ['queueStream', { batches: [] }],
      state: ['updateStateByKey', { fn, checkpointMs: 3000 }, 'a'],
      out: ['print', {}, 'state'],
    })
    graph.start(0)
    run(10)
    expect(streamOf('state').rememberMs).toBe(6000)
    expect([10_000, 4000].map((timeMs) => streamOf('state').remembered().has(timeMs))).toEqual([true, false])
  })

  test('of received blocks: after six batches executors have forgotten the earliest, and know the newest', async () => {
    const document = documentOf({
      a: ['manualStream'],
      kept: ['persist', {}, 'a'],
      mapped: ['map', { fn: 'x => x' }, 'kept'],
      out: ['print', {}, 'mapped'],
    })
    const { start, pass, context, orders } = makeBench(document)
    await start()
    for (let batch = 1; batch <= 6; batch++) {
      await context.type('a', [`${batch}`])
      await pass(1000)
    }
    const idsOf = (batch: number) => orders[batch - 1]?.rdds.map(({ id }) => id) ?? []
    const forgotten = new Set(orders.flatMap(({ forget }) => forget))
    expect(orders).toHaveLength(6)
    expect(orders[0]?.blocks).not.toEqual([])
    expect(idsOf(1).map((id) => forgotten.has(id))).toEqual(idsOf(1).map(() => true))
    expect(idsOf(6).map((id) => forgotten.has(id))).toEqual(idsOf(6).map(() => false))
  })
})

test('how long is remembered can be said once', () => {
  const { graph } = makeGraph({ a: ['queueStream', { batches: [] }], out: ['print', {}, 'a'] })
  graph.remember(3000)
  expect(graph.remember(4000)).toMatchObject({
    ok: false,
    error: [{ message: 'Remember duration already set as 3000 ms. Cannot set it again.' }],
  })
})
