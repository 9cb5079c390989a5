import { invariant } from '#engine/model/invariant.ts'

/** What is measured of one stream in one completed batch. */
export interface BatchFigures {
  /** Wall ms at which processing ended. */
  readonly timeMs: number
  readonly records: number
  readonly processingDelayMs: number
  readonly schedulingDelayMs: number
}

export interface PidOptions {
  readonly batchIntervalMs: number
  readonly proportional: number
  readonly integral: number
  readonly derivative: number
  /** Records a second. */
  readonly minRate: number
}

/** What Spark's constructor refuses, in its words and its order.
 *  Source: PIDRateEstimator */
export function pidMistakes(
  options: PidOptions,
): readonly { readonly option: keyof PidOptions; readonly message: string }[] {
  const { batchIntervalMs, proportional, integral, derivative, minRate } = options
  const checks = [
    {
      option: 'batchIntervalMs',
      holds: batchIntervalMs > 0,
      message: `Specified batch interval ${batchIntervalMs} in PIDRateEstimator is invalid.`,
    },
    { option: 'proportional', holds: proportional >= 0, message: negative('Proportional', proportional) },
    { option: 'integral', holds: integral >= 0, message: negative('Integral', integral) },
    { option: 'derivative', holds: derivative >= 0, message: negative('Derivative', derivative) },
    { option: 'minRate', holds: minRate > 0, message: 'Minimum rate in PIDRateEstimator should be > 0' },
  ] as const
  return checks.filter(({ holds }) => !holds).map(({ option, message }) => ({ option, message }))
}

/** Follows the rate at which batches were processed, less what has piled up: a controller of proportional, integral and derivative terms.
 *  Units:  records a second
 *  Source: PIDRateEstimator; dstream-semantics §8 */
export class PidRateEstimator {
  private readonly options: PidOptions
  private isFirst = true
  private latestTimeMs = -1
  private latestRate = -1
  private latestError = -1

  /** Options without a mistake. */
  constructor(options: PidOptions) {
    invariant(pidMistakes(options).length === 0, 'the options of an estimator are checked')
    this.options = options
  }

  /** The rate at which the stream should be read from now on. Undefined, and nothing is learnt, unless the batch is later than the
   *  last one, held records and took time; undefined for the first such batch too, which only sets the rate to start from. */
  compute({ timeMs, records, processingDelayMs, schedulingDelayMs }: BatchFigures): number | undefined {
    if (!(timeMs > this.latestTimeMs && records > 0 && processingDelayMs > 0)) return undefined
    const { batchIntervalMs, proportional, integral, derivative, minRate } = this.options
    const sinceLatestS = (timeMs - this.latestTimeMs) / 1000
    const processingRate = (records / processingDelayMs) * 1000
    const error = this.latestRate - processingRate
    // What the delay amounts to in records, as a rate over one batch.
    const historicalError = (schedulingDelayMs * processingRate) / batchIntervalMs
    const errorChange = (error - this.latestError) / sinceLatestS
    const rate = this.latestRate - proportional * error - integral * historicalError - derivative * errorChange
    this.latestTimeMs = timeMs
    if (this.isFirst) {
      this.isFirst = false
      this.latestRate = processingRate
      this.latestError = 0
      return undefined
    }
    this.latestRate = Math.max(rate, minRate)
    this.latestError = error
    return this.latestRate
  }
}

function negative(term: string, value: number): string {
  // Scala prints a whole double with its point.
  const printed = Number.isInteger(value) ? `${value}.0` : String(value)
  return `${term} term ${printed} in PIDRateEstimator should be >= 0.`
}
