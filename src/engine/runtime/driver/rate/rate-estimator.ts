import { decimalOf, nameOf } from '#engine/compile/conf.ts'
import type { ConfKey } from '#engine/compile/supported-conf.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { type BatchFigures, type PidOptions, PidRateEstimator, pidMistakes } from './pid-rate-estimator.ts'

/** Estimates from completed batches at which rate a stream should be read.
 *  Source: scheduler/rate/RateEstimator */
export interface RateEstimator {
  /** Records a second; undefined when there is nothing new to say. */
  compute(batch: BatchFigures): number | undefined
}

const ESTIMATOR = 'spark.streaming.backpressure.rateEstimator'

const pidKeys = {
  proportional: 'spark.streaming.backpressure.pid.proportional',
  integral: 'spark.streaming.backpressure.pid.integral',
  derivative: 'spark.streaming.backpressure.pid.derived',
  minRate: 'spark.streaming.backpressure.pid.minRate',
} as const satisfies Record<Exclude<keyof PidOptions, 'batchIntervalMs'>, ConfKey>

/** The estimator that the configuration names.
 *  Fails:  settings/rate-estimator, settings/pid; Spark's IllegalArgumentExceptions
 *  Source: RateEstimator.create */
export function createRateEstimator(conf: Conf, batchIntervalMs: number): Result<RateEstimator> {
  const name = nameOf(conf, ESTIMATOR)
  if (name !== 'pid')
    return err([
      problem('settings/rate-estimator', `Unknown rate estimator: ${name}`, {
        path: ['settings', 'conf', ESTIMATOR],
        hint: 'The only one is pid: write that, or leave the key out.',
      }),
    ])
  const options: PidOptions = {
    batchIntervalMs,
    proportional: decimalOf(conf, pidKeys.proportional),
    integral: decimalOf(conf, pidKeys.integral),
    derivative: decimalOf(conf, pidKeys.derivative),
    minRate: decimalOf(conf, pidKeys.minRate),
  }
  const mistakes = pidMistakes(options)
  return mistakes.length > 0 ? err(mistakes.map(asDiagnostic)) : ok(new PidRateEstimator(options))
}

function asDiagnostic({ option, message }: ReturnType<typeof pidMistakes>[number]): Diagnostic {
  if (option === 'batchIntervalMs')
    return problem('settings/pid', message, { path: ['settings', 'batchMs'], hint: 'Give a duration above 0.' })
  const hint = option === 'minRate' ? 'Give a number above 0.' : 'Give 0 or a number above it.'
  return problem('settings/pid', message, { path: ['settings', 'conf', pidKeys[option]], hint })
}
