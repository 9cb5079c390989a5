import { describe, expect, it } from 'vitest'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { BatchData } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { RunLine } from './run-line.ts'
import { RunReport } from './run-report.ts'

function report() {
  const pipeline = parsePipeline({
    format: 'sluice/1',
    name: 'test',
    nodes: [
      { id: 'a', op: 'queueStream', params: { batches: [] }, at: [0, 0] },
      { id: 'b', op: 'map', params: { fn: 'x => x' }, at: [0, 0] },
      { id: 'out', op: 'print', params: {}, at: [0, 0] },
    ],
    edges: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'out' },
    ],
  })
  const plan = pipeline.ok ? lowerPipeline(pipeline.value, { machineCores: 2, collect: ['b', 'a'] }) : pipeline
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  const lines: RunLine[] = []
  const told: string[] = []
  const report = new RunReport({
    plan: plan.value,
    zeroMs: () => 0,
    print: (line) => lines.push(line),
    tell: (text) => told.push(text),
    onCompleted: (timeMs) => told.push(`completed ${timeMs}`),
    onExecutorsLost: () => {},
    onStopped: (reason) => told.push(`stopped ${reason}`),
  })
  return { report, lines, told }
}

const info: BatchInfo = {
  batchTimeMs: 1000,
  status: 'completed',
  inputs: [],
  numRecords: 2,
  submissionMs: 5,
  schedulingDelayMs: 1,
  processingDelayMs: 7,
  outputs: [0, 1, 2].map((id) => ({ batchTimeMs: 1000, id, node: '', name: '' })),
  recovered: false,
}
const data: BatchData = {
  timeMs: 1000,
  nodes: {},
  outputs: [
    { id: 0, node: 'out', partitions: [2], rows: [1, 2], lines: ['logged'], more: false },
    { id: 1, node: 'b', partitions: [1, 1], rows: [1, 2], lines: [], more: false },
    { id: 2, node: 'a', partitions: [0, 0], rows: [], lines: [], more: false },
  ],
  failures: [],
}
const batch = { type: 'batch', timeMs: 1000, numRecords: 2, schedulingDelay: 1, processingDelay: 7, failed: false }
const started = { type: 'started', zeroMs: 0 }

describe('the report of a run', () => {
  it('prints the collected RDDs, then the batch', () => {
    const { report: run, lines, told } = report()
    run.onBatchCompleted(info, data)
    expect(lines).toEqual([
      started,
      { type: 'rdd', timeMs: 1000, node: 'b', partitions: [1, 1], records: [1, 2] },
      { type: 'rdd', timeMs: 1000, node: 'a', partitions: [0, 0], records: [] },
      batch,
    ])
    expect(told).toEqual(['logged', 'completed 1000'])
    expect(run.hasFailed).toBe(false)
  })

  it('prints what failed before the batch, once, and no RDD of a job that failed', () => {
    const { report: run, lines } = report()
    const failure = { timeMs: 1000, node: 'b', param: 'fn', message: 'no', record: '"x"', line: 1, column: 4 }
    run.start()
    run.onBatch({ ...info, status: 'queued' })
    run.onFailure(failure)
    const outputs = info.outputs.map((each) => (each.id === 1 ? { ...each, failureReason: 'no' } : each))
    run.onBatchCompleted({ ...info, outputs }, { ...data, failures: [failure] })
    expect(lines).toEqual([
      started,
      { type: 'rdd', timeMs: 1000, node: 'a', partitions: [0, 0], records: [] },
      { type: 'error', timeMs: 1000, node: 'b', message: 'no (fn, line 1, column 4; record "x")' },
      { ...batch, failed: true },
    ])
    expect(run.hasFailed).toBe(true)
  })

  it('prints at once that a batch could not be generated', () => {
    const { report: run, lines } = report()
    run.onFailure({ timeMs: 2000, node: 'b', message: 'no RDD' })
    expect(lines).toEqual([started, { type: 'error', timeMs: 2000, node: 'b', message: 'no RDD' }])
    expect(run.hasFailed).toBe(true)
  })

  it('tells warnings, recovery and the end on the side', () => {
    const { report: run, lines, told } = report()
    run.onWarning('odd', 'b')
    run.onRecovered({ checkpointMs: 3000, keys: {}, rerunMs: [2000, 3000], rerunCount: 2, missedCount: 0, blocks: 0 })
    run.onRecovered({ checkpointMs: 3000, keys: {}, rerunMs: [3000, 4000], rerunCount: 9, missedCount: 8, blocks: 0 })
    run.onSkipped({ why: 'restart', fromMs: 4000, toMs: 9000, count: 6 })
    run.onState('STOPPED')
    expect(told).toEqual([
      'warning: b: odd',
      'Recovered from the checkpoint of 3000 ms; running 2 batches again, from 2000 ms.',
      'Recovered from the checkpoint of 3000 ms; running 1 batch again and 8 of the down time, from 3000 ms.',
      'Left out 6 batches of the down time, from 4000 to 9000 ms.',
      'stopped undefined',
    ])
    expect(lines).toEqual([])
  })
})
