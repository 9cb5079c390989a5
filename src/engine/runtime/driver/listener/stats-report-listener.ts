import { Distribution } from './distribution.ts'
import type { BatchInfo, ListenerEvent, StreamingListener } from './listener-event.ts'

const PERCENTILES = [0, 5, 10, 25, 50, 75, 90, 95, 100]
const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Prints after each batch how the delays of the last ones are distributed.
 *  Source: scheduler/StatsReportListener; core's StatsReportListener.showMillisDistribution */
export class StatsReportListener implements StreamingListener {
  private readonly print: (line: string) => void
  private readonly most: number
  private batches: readonly BatchInfo[] = []

  constructor(print: (line: string) => void, numBatchInfos = 10) {
    this.print = print
    this.most = numBatchInfos
  }

  onEvent(event: ListenerEvent): void {
    if (event.kind !== 'BatchCompleted') return
    this.batches = [...this.batches, event.batchInfo].slice(-this.most)
    this.show('Total delay: ', ({ totalDelay }) => totalDelay)
    this.show('Processing time: ', ({ processingDelay }) => processingDelay)
  }

  private show(heading: string, metricOf: (batch: BatchInfo) => number | undefined): void {
    const figures = this.batches.map(metricOf).filter((figure) => figure !== undefined)
    if (figures.length === 0) return
    const distribution = new Distribution(figures)
    const quantiles = distribution.quantiles(PERCENTILES.map((percent) => percent / 100))
    this.print(`${heading}${distribution.print()}`)
    this.print(`\t${PERCENTILES.join('%\t')}%`)
    this.print(`\t${quantiles.map(printMillis).join('\t')}`)
  }
}

/** Source: StatsReportListener.millisToString. A whole second is still `1000.0 ms`. */
function printMillis(quantile: number): string {
  const ms = Math.trunc(quantile)
  if (ms > HOUR_MS) return `${(ms / HOUR_MS).toFixed(1)} hours`
  if (ms > MINUTE_MS) return `${(ms / MINUTE_MS).toFixed(1)} min`
  if (ms > SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`
  return `${ms.toFixed(1)} ms`
}
