import { expect, test } from 'vitest'
import type { BatchInfo } from './listener-event.ts'
import { StatsReportListener } from './stats-report-listener.ts'

function completed(batchTime: number, processingDelay: number, totalDelay: number): BatchInfo {
  const times = { batchTime, submissionTime: batchTime, processingDelay, totalDelay }
  return { ...times, streamIdToInputInfo: {}, outputOperationInfos: {}, numRecords: 0 }
}

function report(delays: readonly (readonly [processing: number, total: number])[], numBatchInfos?: number) {
  const lines: string[] = []
  const listener = new StatsReportListener((line) => lines.push(line), numBatchInfos)
  for (const [index, [processing, total]] of delays.entries())
    listener.onEvent({ kind: 'BatchCompleted', batchInfo: completed(index * 1000, processing, total) })
  return { lines, listener }
}

test('prints three lines of total delay and three of processing time after each batch', () => {
  expect(report([[10, 1500.7]]).lines).toEqual([
    'Total delay: (count: 1, mean: 1500.700000, stdev: 0.000000, max: 1500.700000, min: 1500.700000)',
    '\t0%\t5%\t10%\t25%\t50%\t75%\t90%\t95%\t100%',
    '\t1.5 s\t1.5 s\t1.5 s\t1.5 s\t1.5 s\t1.5 s\t1.5 s\t1.5 s\t1.5 s',
    'Processing time: (count: 1, mean: 10.000000, stdev: 0.000000, max: 10.000000, min: 10.000000)',
    '\t0%\t5%\t10%\t25%\t50%\t75%\t90%\t95%\t100%',
    '\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms\t10.0 ms',
  ])
})

test('speaks of the last ten batches, or as many as it is told', () => {
  const delays = Array.from({ length: 12 }, (_, index) => [index + 1, 60_001 * (index + 1)] as const)
  const ten = report(delays).lines.slice(-6)
  expect(ten[3]).toBe('Processing time: (count: 10, mean: 7.500000, stdev: 2.872281, max: 12.000000, min: 3.000000)')
  expect(ten[5]).toBe('\t3.0 ms\t3.0 ms\t4.0 ms\t5.0 ms\t8.0 ms\t10.0 ms\t12.0 ms\t12.0 ms\t12.0 ms')
  expect(ten[2]).toContain('3.0 min')
  expect(report(delays, 2).lines.at(-3)).toContain('(count: 2, mean: 11.5')
})

test('is silent about all that is no completed batch', () => {
  const { lines, listener } = report([])
  listener.onEvent({ kind: 'StreamingStarted', time: 0 })
  listener.onEvent({ kind: 'BatchSubmitted', batchInfo: completed(0, 1, 1) })
  expect(lines).toEqual([])
})
