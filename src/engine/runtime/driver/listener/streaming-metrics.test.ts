import { expect, test } from 'vitest'
import { wholeOf } from '#engine/compile/conf.ts'
import type { BatchInfo, ListenerEvent, ReceiverInfo } from './listener-event.ts'
import { StreamingJobProgressListener } from './streaming-job-progress-listener.ts'
import { followEvent, gaugesOf, noProgress, type RunProgress } from './streaming-metrics.ts'

// StreamingJobProgressListenerSuite.

const submitted: BatchInfo = {
  batchTime: 1000,
  streamIdToInputInfo: {
    0: { inputStreamId: 0, numRecords: 300, metadata: {} },
    1: { inputStreamId: 1, numRecords: 300, metadata: { Description: 'test' }, metadataDescription: 'test' },
  },
  submissionTime: 1000,
  outputOperationInfos: {},
  numRecords: 600,
}
const started: BatchInfo = { ...submitted, processingStartTime: 2000, schedulingDelay: 1000 }
const completed: BatchInfo = { ...started, processingEndTime: 3000, processingDelay: 1000, totalDelay: 2000 }

function gaugesAfter(events: readonly ListenerEvent[]): (name: string) => number | undefined {
  const gauges = gaugesOf(
    events.reduce<RunProgress>((progress, event) => followEvent(progress, event, 1000), noProgress),
  )
  return (name) => gauges[`streaming.${name}`]
}

const names = ['waitingBatches', 'runningBatches', 'retainedCompletedBatches', 'unprocessedBatches']
const totals = ['totalCompletedBatches', 'totalReceivedRecords', 'totalProcessedRecords']
const sequence: readonly ListenerEvent[] = [
  { kind: 'StreamingStarted', time: 100 },
  { kind: 'BatchSubmitted', batchInfo: submitted },
  { kind: 'BatchStarted', batchInfo: started },
  { kind: 'BatchCompleted', batchInfo: completed },
]

test.each([
  ['started', 1, [0, 0, 0, 0], [0, 0, 0]],
  ['submitted', 2, [1, 0, 0, 1], [0, 0, 0]],
  ['running', 3, [0, 1, 0, 1], [0, 600, 0]],
  ['completed', 4, [0, 0, 1, 0], [1, 600, 600]],
])('gauges of a run whose batch is %s', (_what, events, counts, sums) => {
  const gauge = gaugesAfter(sequence.slice(0, events))
  expect(names.map(gauge)).toEqual(counts)
  expect(totals.map(gauge)).toEqual(sums)
})

test('speak of the last batch that came and of the last that completed; −1 and 0 before', () => {
  const last = (gauge: (name: string) => number | undefined) => [
    ...['submissionTime', 'processingStartTime', 'processingEndTime'].map((name) => gauge(`lastReceivedBatch_${name}`)),
    gauge('lastReceivedBatch_records'),
    ...['submissionTime', 'processingStartTime', 'processingEndTime'].map((name) =>
      gauge(`lastCompletedBatch_${name}`),
    ),
    ...['processingDelay', 'schedulingDelay', 'totalDelay'].map((name) => gauge(`lastCompletedBatch_${name}`)),
  ]
  expect(last(gaugesAfter([]))).toEqual([-1, -1, -1, 0, -1, -1, -1, -1, -1, -1])
  expect(last(gaugesAfter(sequence.slice(0, 2)))).toEqual([1000, -1, -1, 600, -1, -1, -1, -1, -1, -1])
  expect(last(gaugesAfter(sequence))).toEqual([1000, 2000, 3000, 600, 1000, 2000, 3000, 1000, 1000, 2000])
})

test('keep the last thousand of 1010 completed batches, or as many as the configuration says, and count them all', () => {
  for (const [conf, retained] of [
    [{}, 1000],
    [{ 'spark.streaming.ui.retainedBatches': 3 }, 3],
  ] as const) {
    const listener = new StreamingJobProgressListener(wholeOf(conf, 'spark.streaming.ui.retainedBatches'))
    for (let batch = 1; batch <= 1010; batch++)
      listener.onEvent({ kind: 'BatchCompleted', batchInfo: { ...completed, batchTime: batch * 1000 } })
    expect(listener.gauges()).toMatchObject({
      'streaming.retainedCompletedBatches': retained,
      'streaming.totalCompletedBatches': 1010,
    })
    expect(listener.progress.completed[0]?.batchTime).toBe((1011 - retained) * 1000)
  }
})

test('count each receiver once, however often it starts', () => {
  const receiverInfo = (streamId: number): ReceiverInfo => ({
    ...{ streamId, name: `ManualReceiver-${streamId}`, active: true, location: 'localhost', executorId: 'driver' },
    ...{ lastErrorMessage: '', lastError: '', lastErrorTime: -1 },
  })
  const gauge = gaugesAfter([
    { kind: 'ReceiverStarted', receiverInfo: receiverInfo(0) },
    { kind: 'ReceiverError', receiverInfo: receiverInfo(1) },
    { kind: 'ReceiverStopped', receiverInfo: receiverInfo(2) },
    { kind: 'ReceiverStarted', receiverInfo: receiverInfo(0) },
  ])
  expect(gauge('receivers')).toBe(1)
})
