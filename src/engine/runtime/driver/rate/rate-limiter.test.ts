import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

const NONE = Number.POSITIVE_INFINITY
const intervalMs = 200

describe('the current limit', () => {
  // RateLimiterSuite, and that only rates above 0 are applied.
  test.each([
    [NONE, 105, 105],
    [110, 105, 105],
    [100, 105, 100],
    [NONE, 0, NONE],
    [100, 0, 100],
    [100, -5, 100],
  ])('with at most %d, after an update to %d, is %d', (maxRate, update, expected) => {
    const limiter = new RateLimiter({ maxRate, intervalMs })
    limiter.update(update)
    expect(limiter.currentLimit).toBe(expected)
  })

  test('begins at the initial rate, as far as the largest allows', () => {
    expect(new RateLimiter({ maxRate: NONE, intervalMs }).currentLimit).toBe(NONE)
    expect(new RateLimiter({ maxRate: 50, intervalMs }).currentLimit).toBe(50)
    expect(new RateLimiter({ maxRate: 50, initialRate: 20, intervalMs }).currentLimit).toBe(20)
    expect(new RateLimiter({ maxRate: 50, initialRate: 80, intervalMs }).currentLimit).toBe(50)
  })
})

describe('what may pass', () => {
  test('is everything without a limit', () => {
    const limiter = new RateLimiter({ maxRate: NONE, intervalMs })
    limiter.begin(0)
    expect(limiter.take(1_000_000, 0)).toBe(1_000_000)
  })

  test('is the rate times the time since the first record', () => {
    const limiter = new RateLimiter({ maxRate: 105, intervalMs })
    limiter.begin(1000)
    expect([1200, 1400, 1600, 1800, 2000].map((now) => limiter.take(9999, now))).toEqual([21, 21, 21, 21, 21])
  })

  test('adds up over intervals that are too short for one record', () => {
    const limiter = new RateLimiter({ maxRate: 2, intervalMs })
    limiter.begin(0)
    const taken = Array.from({ length: 10 }, (_, i) => limiter.take(9, 200 * (i + 1)))
    expect(taken).toEqual([0, 0, 1, 0, 1, 0, 0, 1, 0, 1])
  })

  test('makes up for one idle second, not for more', () => {
    const limiter = new RateLimiter({ maxRate: 100, intervalMs })
    limiter.begin(0)
    expect(limiter.take(20, 200)).toBe(20)
    expect(limiter.take(0, 30_000)).toBe(0)
    expect(limiter.take(9999, 60_000)).toBe(100)
    expect(limiter.take(9999, 60_200)).toBe(20)
  })

  test('is not less when blocks are longer than a second', () => {
    const limiter = new RateLimiter({ maxRate: 100, intervalMs: 5000 })
    limiter.begin(0)
    expect([5000, 10_000].map((now) => limiter.take(9999, now))).toEqual([500, 500])
  })

  test('follows a new rate at once', () => {
    const limiter = new RateLimiter({ maxRate: NONE, initialRate: 100, intervalMs })
    limiter.begin(0)
    expect(limiter.take(9999, 200)).toBe(20)
    limiter.update(500)
    expect(limiter.take(9999, 400)).toBe(100)
  })

  test('is never more than the rate allows for the time and one idle second', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 5000 })), {
      maxLength: 50,
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), steps, (maxRate, gaps) => {
        const limiter = new RateLimiter({ maxRate, intervalMs })
        limiter.begin(0)
        let [now, total] = [0, 0]
        for (const [gapMs, waiting] of gaps) {
          now += gapMs
          total += limiter.take(waiting, now)
          expect(total).toBeLessThanOrEqual((maxRate * now) / 1000 + 1e-3)
        }
      }),
    )
  })
})
