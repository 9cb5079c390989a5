import { describe, expect, test } from 'vitest'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'
import { Gaps } from './gaps.ts'

describe('gaps', () => {
  test('that touch are one', () => {
    const gaps = new Gaps()
    gaps.add([2000, 4000], 1000)
    gaps.add([5000, 6000], 1000)
    gaps.add([9000, 9000], 1000)
    expect(gaps.all()).toEqual([
      [2000, 6000],
      [9000, 9000],
    ])
    expect([1000, 2000, 6000, 7000].map((timeMs) => gaps.covers(timeMs))).toEqual([false, true, true, false])
    expect(gaps.lastOf(3000, 2000, 1000)).toBe(5000)
    expect(gaps.lastOf(7000, 2000, 1000)).toBe(7000)
    gaps.forgetBefore(6001)
    expect(gaps.all()).toEqual([[9000, 9000]])
  })
})

describe('a stream behind a gap', () => {
  const numbers = Array.from({ length: 20 }, (_, batch) => [batch + 1])
  const input = (node: 'state' | 'window') =>
    node === 'state'
      ? (['updateStateByKey', { fn: '(v, s) => s', checkpointMs: 3000 }, 'pairs'] as const)
      : ([
          'reduceByKeyAndWindow',
          { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 4000, slideMs: 1000 },
          'pairs',
        ] as const)
  const graphOf = (node: 'state' | 'window') => {
    const made = makeGraph(
      {
        a: ['queueStream', { batches: [] }],
        pairs: ['map', { fn: 'x => [0, x]' }, 'a'],
        it: [...input(node)],
        out: ['print', {}, 'it'],
      },
      { input: numbers },
    )
    made.graph.start(0)
    return made
  }

  test('has no RDD within it', () => {
    const { graph, streamOf, context, run } = graphOf('state')
    run(2)
    context.gaps.add([3000, 5000], 1000)
    expect(graph.generateJobs(4000)).toEqual([])
    expect(
      streamOf('pairs')
        .slice(1000, 6000)
        .map((rdd) => rdd.spec.timeMs),
    ).toEqual([1000, 2000, 6000])
  })

  test('goes on from the state before it, and stores the next one at once', () => {
    const { streamOf, context, run, graph } = graphOf('state')
    run(2)
    context.gaps.add([3000, 5000], 1000)
    graph.generateJobs(7000)
    const after = streamOf('it').remembered().get(6000)
    expect(after?.parents.map((rdd) => rdd.spec.timeMs)).toEqual([2000, 6000])
    expect(after?.spec.checkpoint).toBe(true)
    expect(streamOf('it').remembered().get(7000)?.spec.checkpoint).toBe(false)
  })

  test('makes an incremental window anew from what it still covers, then goes on slide by slide', () => {
    const { streamOf, context, run, graph } = graphOf('window')
    run(3)
    context.gaps.add([4000, 5000], 1000)
    graph.generateJobs(6000)
    const body = (timeMs: number) => {
      const rdd = streamOf('it').remembered().get(timeMs)
      return rdd?.parents.map((parent) => [
        parent.spec.stream === rdd.spec.stream ? 'self' : 'batch',
        parent.spec.timeMs,
      ])
    }
    // The window of 6000 is (2000, 6000], of which 3000 and 6000 have batches.
    expect(body(6000)).toEqual([
      ['batch', 3000],
      ['batch', 6000],
    ])
    graph.generateJobs(7000)
    // 3000 leaves, 7000 comes.
    expect(body(7000)).toEqual([
      ['self', 6000],
      ['batch', 3000],
      ['batch', 7000],
    ])
  })

  test('keeps its newest stored RDD however old, until another is stored', () => {
    const { graph, streamOf, run } = graphOf('state')
    run(3)
    const stored = streamOf('it').remembered().get(3000)
    if (stored === undefined) throw new Error('there is a state of 3000')
    stored.checkpointed = true
    for (let timeMs = 4000; timeMs <= 12_000; timeMs += 1000) graph.generateJobs(timeMs)
    expect(graph.clearMetadata(12_000).has(stored)).toBe(false)
    const next = streamOf('it').remembered().get(12_000)
    if (next === undefined) throw new Error('there is a state of 12000')
    next.checkpointed = true
    expect(graph.clearMetadata(12_000).has(stored)).toBe(true)
  })
})
