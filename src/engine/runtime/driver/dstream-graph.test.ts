import { describe, expect, test } from 'vitest'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { BlockTracker } from './block-tracker.ts'
import { DStreamGraph } from './dstream-graph.ts'
import { InputInfoTracker } from './input-info-tracker.ts'
import { Lineage } from './lineage.ts'

function graphOf(nodes: Readonly<Record<string, NodeText>>, settings: object = {}) {
  const plan = lowerPipeline(pipelineOf(nodes, settings), { machineCores: 2 })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  const { batchMs } = plan.value
  const graph = new DStreamGraph(plan.value, {
    batchMs,
    lineage: new Lineage(),
    zeroMs: 0,
    inputInfo: new InputInfoTracker(),
    blocks: new BlockTracker(),
  })
  graph.start(0)
  const streamOf = (node: string) => {
    const visible = plan.value.streams.find((stream) => stream.node === node && stream.visible)
    const stream = graph.streams[visible?.id ?? -1]
    if (stream === undefined) throw new Error(`no stream for ${node}`)
    return stream
  }
  /** Generates batches and clears each as soon as it is made. */
  const run = (batches: number): void => {
    for (let batch = 1; batch <= batches; batch++) {
      graph.generateJobs(batch * batchMs)
      graph.clearMetadata(batch * batchMs)
    }
  }
  const timesOf = (node: string): number[] => [...streamOf(node).remembered().keys()].sort((a, b) => a - b)
  return { graph, streamOf, run, timesOf }
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

// BasicOperationsSuite, "slice": zero time 0, one record per batch.
test.each([
  [1000, 1000, [1000]],
  [0, 2000, [1000, 2000]],
  [1000, 2000, [1000, 2000]],
  [2000, 4000, [2000, 3000, 4000]],
])('a slice from %i to %i has both ends', (fromMs, toMs, times) => {
  const { streamOf } = graphOf({ a: queue, out: print('a') })
  expect(
    streamOf('a')
      .slice(fromMs, toMs)
      .map((rdd) => rdd.spec.timeMs),
  ).toEqual(times)
})
