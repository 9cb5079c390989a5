// The figures beside the four timelines of Spark's Streaming tab.
import { printDurationVerbose } from '#ui/print/duration.ts'
import type { BatchFigures } from './batch-figures.ts'

/** The rows of the statistics table, in Spark's order. */
export const timelines = ['inputRate', 'schedulingDelay', 'processingTime', 'totalDelay'] as const
export type Timeline = (typeof timelines)[number]

const readers: Readonly<Record<Timeline, (batch: BatchFigures) => number | undefined>> = {
  inputRate: (batch) => batch.recordsPerSecond,
  schedulingDelay: (batch) => batch.schedulingDelayMs,
  processingTime: (batch) => batch.processingMs,
  totalDelay: (batch) => batch.totalDelayMs,
}

/** Records a second, or ms; undefined while the batch has not come that far. */
export function figureOf(timeline: Timeline, batch: BatchFigures): number | undefined {
  return readers[timeline](batch)
}

export function figuresOf(timeline: Timeline, batches: readonly BatchFigures[]): readonly number[] {
  return batches.map(readers[timeline]).filter((figure) => figure !== undefined)
}

function mean(figures: readonly number[]): number | undefined {
  return figures.length === 0 ? undefined : figures.reduce((sum, figure) => sum + figure, 0) / figures.length
}

/** `Avg: 20.00 records/sec` or `Avg: 5 seconds 35 ms`; `Avg: -` when nothing is known yet.
 *  Source: ui/StreamingPage (RecordRateUIData.formattedAvg, MillisecondsStatUIData.formattedAvg) */
export function printAverage(timeline: Timeline, batches: readonly BatchFigures[]): string {
  const average = mean(figuresOf(timeline, batches))
  if (average === undefined) return 'Avg: -'
  return timeline === 'inputRate'
    ? `Avg: ${average.toFixed(2)} records/sec`
    : `Avg: ${printDurationVerbose(Math.floor(average)).trim()}`
}

/** Top of the scale shared by the three delays, and that of the rate; at least 1, so that an idle run has a scale.
 *  Source: StreamingPage.generateStatTable (maxTime, maxRecordRate) */
export function scaleTops(batches: readonly BatchFigures[]): { readonly rate: number; readonly ms: number } {
  const top = (timeline: Timeline) => Math.max(1, ...figuresOf(timeline, batches))
  return { rate: top('inputRate'), ms: Math.max(top('schedulingDelay'), top('processingTime'), top('totalDelay')) }
}

/** Batches per bin over `0…top`; the last bin includes `top`.
 *  Source: streaming-page.js, drawHistogram (10 bins) */
export function histogram(figures: readonly number[], top: number, bins = 10): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const figure of figures) {
    const bin = Math.min(bins - 1, Math.floor((figure / top) * bins))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}
