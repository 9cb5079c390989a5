import { expect, test } from 'vitest'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { BatchFigures } from './pid-rate-estimator.ts'
import { RateController } from './rate-controller.ts'

function batch(more: Partial<BatchInfo>): BatchInfo {
  return {
    batchTimeMs: 1000,
    status: 'completed',
    inputs: [
      { inputStreamId: 0, node: 'a', numRecords: 7 },
      { inputStreamId: 1, node: 'b', numRecords: 40 },
    ],
    numRecords: 47,
    submissionMs: 1000,
    processingStartMs: 1200,
    processingEndMs: 1500,
    outputs: [],
    recovered: false,
    ...more,
  }
}

/** A controller of stream 1 whose estimator gives these rates in turn; with what both were asked and told. */
function controlled(...rates: readonly (number | undefined)[]) {
  const asked: BatchFigures[] = []
  const published: number[] = []
  const left = [...rates]
  const compute = (figures: BatchFigures): number | undefined => {
    asked.push(figures)
    return left.shift()
  }
  const controller = new RateController(1, { compute }, (rate) => published.push(rate))
  return { controller, asked, published }
}

test('asks with the end of processing, the records of its stream and both delays', () => {
  const { controller, asked } = controlled()
  controller.batchCompleted(batch({}))
  expect(asked).toEqual([{ timeMs: 1500, records: 40, processingDelayMs: 300, schedulingDelayMs: 200 }])
})

test('publishes each rate in turn, cut to a whole one', () => {
  const { controller, published } = controlled(100, 200.9, undefined, 300)
  for (let i = 0; i < 4; i++) controller.batchCompleted(batch({}))
  expect(published).toEqual([100, 200, 300])
})

test('passes over batches in which its stream reported nothing', () => {
  const { controller, asked } = controlled(100)
  controller.batchCompleted(batch({ inputs: [{ inputStreamId: 0, node: 'a', numRecords: 7 }] }))
  expect(asked).toEqual([])
})

test('takes times in whole ms, as the clock of Spark counts', () => {
  const { controller, asked } = controlled()
  controller.batchCompleted(batch({ submissionMs: 999.9, processingStartMs: 1000.1, processingEndMs: 1000.9 }))
  expect(asked).toEqual([{ timeMs: 1000, records: 40, processingDelayMs: 0, schedulingDelayMs: 1 }])
})
