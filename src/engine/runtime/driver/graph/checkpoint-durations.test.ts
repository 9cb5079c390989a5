import { expect, test } from 'vitest'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'

// MapWithStateSuite, "checkpoint durations"; other stateful streams are in dstream-graph.test.ts.

const fn = '(key, value, state) => key'

test.each([
  [100, undefined, 1000],
  [1000, undefined, 10_000],
  [10_000, undefined, 100_000],
  [100, 2000, 2000],
  [1000, 2000, 2000],
  [10_000, 20_000, 20_000],
])(
  'batches of %i ms and an interval of %s checkpoint a mapWithState every %i ms',
  (batchMs, checkpointMs, expected) => {
    const interval = checkpointMs === undefined ? {} : { checkpointMs }
    const { graph, streamOf } = makeGraph(
      {
        a: ['queueStream', { batches: [] }],
        state: ['mapWithState', { fn, ...interval }, 'a'],
        out: ['print', {}, 'state'],
      },
      { settings: { batchMs } },
    )
    graph.start(0)
    const inner = graph.streams.filter(({ stream }) => stream.spec.kind === 'mapWithState')
    expect(inner.map((stream) => stream.checkpointMs)).toEqual([expected])
    expect(streamOf('state').checkpointMs).toBeUndefined()
  },
)

test.each([
  ['state', [2000, undefined, undefined]],
  ['all', [10_000, undefined, 2000]],
] as const)(
  'checkpoint on %s checkpoints the hidden states, what is emitted and the snapshots every %j ms',
  (marked, expected) => {
    const { graph, streamOf } = makeGraph({
      a: ['queueStream', { batches: [] }],
      state: ['mapWithState', { fn }, 'a'],
      all: ['stateSnapshots', {}, 'state'],
      mark: ['checkpoint', { intervalMs: 2000 }, marked],
      out: ['print', {}, 'state'],
      other: ['print', {}, 'all'],
      third: ['print', {}, 'mark'],
    })
    graph.start(0)
    const inner = graph.streams.find(({ stream }) => stream.spec.kind === 'mapWithState')
    expect([inner, streamOf('state'), streamOf('all')].map((stream) => stream?.checkpointMs)).toEqual(expected)
  },
)
