import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

// Where the figures of Spark's own suites are asserted, by subject: the tests that hold them, and what of them has no counterpart here.

interface Section {
  readonly tests: readonly string[]
  readonly left?: string
}

const driver = 'src/engine/runtime/driver'
const executor = 'src/engine/runtime/executor'

const sections: Readonly<Record<string, Section>> = {
  cases: { tests: ['src/engine/runtime/spark-cases.test.ts'] },
  pid: { tests: [`${driver}/rate/pid-rate-estimator.test.ts`] },
  rateLimiter: { tests: [`${driver}/rate/rate-limiter.test.ts`, `${driver}/rate/rate-controller.test.ts`] },
  stateObject: { tests: [`${executor}/state/state.test.ts`] },
  stateMap: {
    tests: [`${executor}/state/state-map.test.ts`],
    left: 'Kryo and Java serialization: a state is stored as tagged JSON',
  },
  mapWithStateRecord: { tests: ['src/engine/runtime/map-with-state-rdd.test.ts'] },
  mapWithStateRdd: {
    tests: ['src/engine/runtime/map-with-state-rdd.test.ts'],
    left: 'partitions of the RDD and its checkpoint, which the recovery tests run through',
  },
  lifecycle: {
    tests: [
      `${driver}/context/lifecycle.test.ts`,
      `${driver}/context/active-context.test.ts`,
      `${driver}/context/get-or-create.test.ts`,
      `${driver}/context/streaming-context.test.ts`,
    ],
    left: 'see UNMAPPED in lifecycle.test.ts',
  },
  buildErrors: {
    tests: ['src/engine/compile/build-errors.test.ts', `${driver}/graph/rdd-cleanup.test.ts`],
    left: 'graphs of several contexts, and changes of a running graph',
  },
  queueStream: {
    tests: ['src/engine/runtime/queue-stream.test.ts'],
    left: 'a queue that is filled while the run goes on: the queue is part of the document',
  },
  slice: { tests: [`${driver}/graph/slice.test.ts`] },
  rddCleanup: { tests: [`${driver}/graph/rdd-cleanup.test.ts`, `${driver}/graph/dstream-graph.test.ts`] },
  persistence: {
    tests: ['src/engine/compile/persistence.test.ts'],
    left: 'storage levels: there is one, memory',
  },
  checkpointDurations: {
    tests: [`${driver}/graph/checkpoint-durations.test.ts`, `${driver}/graph/dstream-graph.test.ts`],
  },
  checkpointFiles: {
    tests: [
      'src/engine/checkpoint/entries.test.ts',
      'src/engine/checkpoint/checkpoint-writer.test.ts',
      'src/engine/runtime/damaged-checkpoint.test.ts',
      'src/engine/runtime/recovery.test.ts',
    ],
    left: 'names, backups and listings of files: a checkpoint is a store of entries, two of them metadata in turn',
  },
  blocks: {
    tests: [`${driver}/receivers/block-generator.test.ts`, `${driver}/receivers/custom-receiver.test.ts`],
    left: 'blocks with metadata and blocks of bytes',
  },
  blockTracker: {
    tests: [
      `${driver}/receivers/block-tracker.test.ts`,
      `${driver}/receivers/received-block-log.test.ts`,
      'src/engine/runtime/receiver-recovery.test.ts',
    ],
    left: 'rolling files of the log',
  },
  inputInfo: {
    tests: [`${driver}/receivers/input-info-tracker.test.ts`],
  },
  receivers: {
    tests: [
      `${driver}/receivers/receivers.test.ts`,
      `${driver}/receivers/receiver-life.test.ts`,
      `${driver}/listener/listener.test.ts`,
    ],
    left: 'scheduling receivers on hosts: there is one',
  },
  recurringTimer: { tests: [`${driver}/clock/real-clock.test.ts`, 'src/engine/model/time.test.ts'] },
  time: {
    tests: ['src/engine/model/time.test.ts', 'src/engine/compile/conf.test.ts'],
    left: 'sums, quotients and comparisons: times are plain numbers',
  },
  listener: { tests: [`${driver}/listener/listener.test.ts`, `${driver}/context/lifecycle.test.ts`] },
  ui: {
    tests: [
      `${driver}/listener/streaming-metrics.test.ts`,
      'src/ui/print/duration.test.ts',
      'src/ui/print/batch-time.test.ts',
      'src/ui/timeline/statistics.test.ts',
      'src/ui/timeline/batch-details.test.ts',
    ],
    left: "the HTML of Spark's pages, and Spark jobs by output operation: an output operation is one job",
  },
  fileStream: { tests: [], left: 'there is no source that watches a directory: a tab has none to watch' },
  socket: {
    tests: [`${driver}/receivers/receivers.test.ts`],
    left: 'TCP sockets, which a tab cannot open: webSocketTextStream takes their place',
  },
  kafka: { tests: [], left: 'a tab cannot reach a Kafka broker' },
  scope: { tests: [], left: 'RDDs carry the node they come from; there are no scopes for a DAG picture of each batch' },
  executorAllocation: { tests: [], left: 'executors of a run are fixed: the cores of its master' },
}

test('every subject is tested, or it is said why not', () => {
  expect(Object.keys(sections)).toHaveLength(28)
  for (const [name, { tests, left }] of Object.entries(sections))
    expect([name, tests.length > 0 || left !== undefined]).toEqual([name, true])
})

test.each([...new Set(Object.values(sections).flatMap(({ tests }) => tests))])('%s exists', (path) => {
  expect(existsSync(new URL(`../../../${path}`, import.meta.url))).toBe(true)
})
