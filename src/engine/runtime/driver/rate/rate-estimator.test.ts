import { expect, test } from 'vitest'
import { createRateEstimator } from './rate-estimator.ts'

const key = (rest: string): string => `spark.streaming.backpressure.${rest}`

test('makes the estimator of the default gains when nothing is set, and when pid is named', () => {
  for (const conf of [{}, { [key('rateEstimator')]: 'pid' }]) {
    const estimator = createRateEstimator(conf, 1000)
    if (!estimator.ok) throw new Error('pid is known')
    const compute = (timeMs: number, records: number, processingDelayMs: number, schedulingDelayMs: number) =>
      estimator.value.compute({ timeMs, records, processingDelayMs, schedulingDelayMs })
    expect(compute(1500, 5000, 1500, 0)).toBeUndefined()
    expect(compute(3000, 5000, 1500, 500)).toBeCloseTo(3000, 9)
    expect(compute(4500, 3000, 900, 1000)).toBeCloseTo(2666.666666666667, 9)
    expect(compute(5500, 10, 1000, 0)).toBe(100)
  }
})

test('reads the gains as numbers or as texts', () => {
  const conf = { [key('pid.proportional')]: '1', [key('pid.integral')]: 1, [key('pid.minRate')]: '5.0' }
  const estimator = createRateEstimator(conf, 20)
  if (!estimator.ok) throw new Error('the gains are good')
  const late = { records: 1, processingDelayMs: 20, schedulingDelayMs: 100 }
  estimator.value.compute({ timeMs: 0, ...late })
  expect(estimator.value.compute({ timeMs: 20, ...late })).toBe(5)
})

test('knows no other estimator', () => {
  const estimator = createRateEstimator({ [key('rateEstimator')]: 'fuzzy' }, 1000)
  expect(estimator).toMatchObject({
    ok: false,
    error: [
      {
        code: 'settings/rate-estimator',
        message: 'Unknown rate estimator: fuzzy',
        path: ['settings', 'conf', key('rateEstimator')],
      },
    ],
  })
})

test("says which gains are wrong, in Spark's words", () => {
  const estimator = createRateEstimator({ [key('pid.derived')]: -0.5, [key('pid.minRate')]: '0' }, 1000)
  expect(estimator.ok ? [] : estimator.error.map(({ message, path }) => [message, path?.at(-1)])).toEqual([
    ['Derivative term -0.5 in PIDRateEstimator should be >= 0.', key('pid.derived')],
    ['Minimum rate in PIDRateEstimator should be > 0', key('pid.minRate')],
  ])
})
