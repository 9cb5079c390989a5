import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { RateEstimator } from './rate-estimator.ts'

/** Turns the batches of one input stream into the rate at which its receiver may go on.
 *  Source: scheduler/RateController; dstream-semantics §8 */
export class RateController {
  private readonly inputStreamId: number
  private readonly estimator: RateEstimator
  private readonly publish: (rate: number) => void

  /** `publish` is given whole records a second. */
  constructor(inputStreamId: number, estimator: RateEstimator, publish: (rate: number) => void) {
    this.inputStreamId = inputStreamId
    this.estimator = estimator
    this.publish = publish
  }

  /** Takes up a completed batch, failed or not. Batches in which the stream reported nothing are passed over. */
  batchCompleted(info: BatchInfo): void {
    const input = info.inputs.find((each) => each.inputStreamId === this.inputStreamId)
    const { submissionMs, processingStartMs, processingEndMs } = info
    if (input === undefined || processingStartMs === undefined || processingEndMs === undefined) return
    // Spark's clock knows whole ms: a batch that took none of them tells nothing.
    const startMs = Math.floor(processingStartMs)
    const endMs = Math.floor(processingEndMs)
    const rate = this.estimator.compute({
      timeMs: endMs,
      records: input.numRecords,
      processingDelayMs: endMs - startMs,
      schedulingDelayMs: startMs - Math.floor(submissionMs),
    })
    if (rate !== undefined) this.publish(Math.trunc(rate))
  }
}
