import { describe, expect, test } from 'vitest'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'

function graphOf(nodes: Readonly<Record<string, NodeText>>, settings: object = {}) {
  const made = makeGraph(nodes, { settings })
  made.graph.start(0)
  const timesOf = (node: string): number[] => [...made.streamOf(node).remembered().keys()].sort((a, b) => a - b)
  return { ...made, timesOf }
}

const queue: NodeText = ['queueStream', { batches: [] }]
const print = (from: string): NodeText => ['print', {}, from]
const update = '(values, state) => (state ?? 0) + values.length'

describe('a graph remembers', () => {
  // BasicOperationsSuite, "rdd cleanup - map and window", without a context that remembers longer: 3 s become the slide of 2 s.
  test('what windows upon windows need', () => {
    const { streamOf, run, timesOf } = graphOf({
      a: queue,
      mapped: ['map', { fn: 'x => x' }, 'a'],
      two: ['window', { windowMs: 2000, slideMs: 1000 }, 'mapped'],
      four: ['window', { windowMs: 4000, slideMs: 2000 }, 'two'],
      out: print('four'),
    })
    const remembered = ['four', 'two', 'mapped', 'a'].map((node) => streamOf(node).rememberMs)
    expect(remembered).toEqual([2000, 6000, 8000, 8000])
    run(10)
    expect(timesOf('four')).toEqual([10_000])
    expect(timesOf('two')).toEqual([5000, 6000, 7000, 8000, 9000, 10_000])
    expect(timesOf('mapped')).toEqual([3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000])
  })

  // BasicOperationsSuite, "rdd cleanup - updateStateByKey".
  test('two checkpoint intervals of a state', () => {
    const { streamOf, run, timesOf } = graphOf({
      a: queue,
      state: ['updateStateByKey', { fn: update, checkpointMs: 3000 }, 'a'],
      out: print('state'),
    })
    expect(streamOf('state').rememberMs).toBe(6000)
    run(10)
    expect(timesOf('state')).toContain(10_000)
    expect(timesOf('state')).not.toContain(4000)
  })

  test('as long as the slowest of several consumers needs', () => {
    const { streamOf } = graphOf({
      a: queue,
      fast: ['window', { windowMs: 2000, slideMs: 1000 }, 'a'],
      slow: ['window', { windowMs: 9000, slideMs: 3000 }, 'a'],
      one: print('fast'),
      two: print('slow'),
      three: print('a'),
    })
    expect(streamOf('a').rememberMs).toBe(12_000)
  })
})

// MapWithStateSuite, "checkpoint durations", and DStream.initialize.
test.each([
  [500, 10_000],
  [1000, 10_000],
  [3000, 12_000],
  [7000, 14_000],
  [10_000, 10_000],
  [15_000, 15_000],
])('a state that slides by %i ms is checkpointed every %i ms', (batchMs, expectedMs) => {
  const { streamOf } = graphOf(
    { a: queue, state: ['updateStateByKey', { fn: update }, 'a'], out: print('state') },
    { batchMs },
  )
  expect(streamOf('state').checkpointMs).toBe(expectedMs)
})

test('every consumer of a stream gets the same RDD of a batch', () => {
  const { graph } = graphOf({
    a: queue,
    m: ['map', { fn: 'x => x' }, 'a'],
    one: print('m'),
    two: print('m'),
    three: print('a'),
  })
  const [one, two, three] = graph.generateJobs(1000)
  expect(one?.rdd).toBe(two?.rdd)
  expect(one?.rdd.parents).toEqual([three?.rdd])
})

test('an output whose stream slides slower has a job only then', () => {
  const { graph } = graphOf({
    a: queue,
    w: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'],
    one: print('w'),
    two: print('a'),
  })
  const outputs = [1000, 2000, 3000, 4000].map((timeMs) => graph.generateJobs(timeMs).map(({ output }) => output))
  expect(outputs).toEqual([[1], [0, 1], [1], [0, 1]])
})

test('nothing is valid at zero time, before it, or between slides', () => {
  const { streamOf } = graphOf({ a: queue, out: print('a') })
  expect([-1000, 0, 500, 1000, 1500, 2000].map((timeMs) => streamOf('a').isTimeValid(timeMs))).toEqual([
    false,
    false,
    false,
    true,
    false,
    true,
  ])
})
