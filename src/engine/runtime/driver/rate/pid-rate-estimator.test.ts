import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PidOptions, PidRateEstimator, pidMistakes } from './pid-rate-estimator.ts'

/** Time, records, processing delay, scheduling delay → rate; null = none. */
type Call = readonly [number, number, number, number, number | null]

interface Case {
  readonly title: string
  /** Batch interval, proportional, integral, derivative, least rate. */
  readonly gains: readonly [number, number, number, number, number]
  readonly calls: readonly Call[]
}

const fifty = (callOf: (index: number) => Call): readonly Call[] => Array.from({ length: 50 }, (_, i) => callOf(i))

// The figures of Spark's PIDRateEstimatorSuite; the last three cases are worked out from the formula with the default gains.
const cases: readonly Case[] = [
  { title: 'gives nothing first', gains: [20, 1, 0, 0, 10], calls: [[0, 10, 10, 0, null]] },
  {
    title: 'gives a rate next',
    gains: [20, 1, 0, 0, 10],
    calls: [
      [0, 10, 10, 0, null],
      [10, 10, 10, 0, 1000],
    ],
  },
  {
    title: 'gives nothing when no time has passed',
    gains: [20, 1, 0, 0, 10],
    calls: [
      [0, 10, 10, 0, null],
      [10, 10, 10, 0, 1000],
      [10, 10, 10, 0, null],
    ],
  },
  {
    title: 'gives nothing for a batch without records',
    gains: [20, 1, 0, 0, 10],
    calls: [
      [0, 10, 10, 0, null],
      [10, 0, 10, 0, null],
      [20, -10, 10, 0, null],
    ],
  },
  {
    title: 'gives nothing for a batch that took no time',
    gains: [20, 1, 0, 0, 10],
    calls: [
      [0, 10, 10, 0, null],
      [10, 10, 0, 0, null],
      [20, 10, -10, 0, null],
    ],
  },
  {
    title: 'never goes below the least rate',
    gains: [20, 1, 1, 0, 5],
    calls: fifty((i) => [20 * i, 1, 20, 100, i === 0 ? null : 5]),
  },
  {
    title: 'follows a processing speed that rises',
    gains: [20, 1, 1, 0, 10],
    calls: fifty((i) => [20 * i, 20 * (i + 1), 20, 0, i === 0 ? null : 1000 * (i + 1)]),
  },
  {
    title: 'follows a processing speed that falls',
    gains: [20, 1, 1, 0, 10],
    calls: fifty((i) => [20 * i, 20 * (50 - i), 20, 0, i === 0 ? null : 1000 * (50 - i)]),
  },
  {
    title: 'works off an overload with the default gains',
    gains: [1000, 1, 0.2, 0, 100],
    calls: [
      [1500, 5000, 1500, 0, null],
      [3000, 5000, 1500, 500, 3000],
      [4500, 3000, 900, 1000, 2666.666666666667],
      [5400, 3000, 900, 900, 2733.3333333333335],
      [6300, 2500, 800, 800, 2625],
      [7200, 2000, 600, 0, 3333.3333333333335],
    ],
  },
  {
    title: 'takes the change of the error into account',
    gains: [1000, 1, 0.2, 0.5, 100],
    calls: [
      [1500, 5000, 1500, 0, null],
      [3000, 5000, 1500, 500, 3000],
      [4500, 3000, 900, 1000, 2777.7777777777783],
      [5400, 3000, 900, 900, 2856.79012345679],
    ],
  },
  {
    title: 'stays at the least rate while much has piled up',
    gains: [1000, 1, 0.2, 0, 100],
    calls: [
      [1000, 100, 1000, 0, null],
      [2000, 50, 1000, 9000, 100],
      [3000, 500, 1000, 0, 500],
    ],
  },
]

function optionsOf([batchIntervalMs, proportional, integral, derivative, minRate]: Case['gains']): PidOptions {
  return { batchIntervalMs, proportional, integral, derivative, minRate }
}

test.each(cases)('$title', ({ gains, calls }) => {
  const estimator = new PidRateEstimator(optionsOf(gains))
  for (const [timeMs, records, processingDelayMs, schedulingDelayMs, expected] of calls) {
    const rate = estimator.compute({ timeMs, records, processingDelayMs, schedulingDelayMs })
    if (expected === null) expect(rate).toBeUndefined()
    else expect(rate).toBeCloseTo(expected, 9)
  }
})

test('stays below the processing speed while batches are late', () => {
  const batches = fc.array(fc.tuple(fc.integer({ min: 1000, max: 1999 }), fc.integer({ min: 1, max: 19 })), {
    minLength: 50,
    maxLength: 50,
  })
  fc.assert(
    fc.property(batches, (figures) => {
      const estimator = new PidRateEstimator(optionsOf([20, 1, 0.01, 0, 10]))
      for (const [i, [records, schedulingDelayMs]] of figures.entries()) {
        const rate = estimator.compute({ timeMs: 20 * i, records, processingDelayMs: 20, schedulingDelayMs })
        if (i === 0) expect(rate).toBeUndefined()
        else expect(rate).toBeLessThan((records / 20) * 1000)
        if (i > 0) expect(rate).toBeGreaterThanOrEqual(10)
      }
    }),
  )
})

describe("what Spark's constructor refuses", () => {
  test.each([
    [[0, 1, 2, 3, 10], 'batchIntervalMs', 'Specified batch interval 0 in PIDRateEstimator is invalid.'],
    [[100, -1, 2, 3, 10], 'proportional', 'Proportional term -1.0 in PIDRateEstimator should be >= 0.'],
    [[100, 0, -1, 3, 10], 'integral', 'Integral term -1.0 in PIDRateEstimator should be >= 0.'],
    [[100, 0, 0, -1, 10], 'derivative', 'Derivative term -1.0 in PIDRateEstimator should be >= 0.'],
    [[100, 0, 0, 0, 0], 'minRate', 'Minimum rate in PIDRateEstimator should be > 0'],
    [[100, 0, 0, 0, -10], 'minRate', 'Minimum rate in PIDRateEstimator should be > 0'],
  ] as const)('%j', (gains, option, message) => {
    expect(pidMistakes(optionsOf(gains))).toEqual([{ option, message }])
    expect(() => new PidRateEstimator(optionsOf(gains))).toThrow()
  })
})
