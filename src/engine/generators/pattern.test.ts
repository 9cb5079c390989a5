import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Pattern } from '#engine/operator/feed.ts'
import { rowsBefore, rowTime } from './pattern.ts'

const patterns: Pattern[] = ['steady', 'burst', 'wave', 'spike']
const pattern = fc.constantFrom(...patterns)
const rate = fc.oneof(fc.constantFrom(0, 0.3, 1, 3, 20, 1000), fc.double({ min: 0.01, max: 100_000, noNaN: true }))

test('however time is cut into batches, the batches together hold every row once', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(pattern, rate, cuts, (name, rowsPerSecond, batchesMs) => {
      let timeMs = 0
      let next = 0
      for (const batchMs of batchesMs) {
        expect(rowsBefore(name, rowsPerSecond, timeMs)).toBe(next)
        timeMs += batchMs
        const until = rowsBefore(name, rowsPerSecond, timeMs)
        expect(until).toBeGreaterThanOrEqual(next)
        next = until
      }
      expect(Number.isInteger(next)).toBe(true)
    }),
  )
})

test.each(patterns)('%s keeps its mean rate over whole minutes', (name) => {
  for (const rowsPerSecond of [0.5, 20, 333, 100_000]) {
    for (const minutes of [1, 7, 24 * 60]) {
      expect(rowsBefore(name, rowsPerSecond, minutes * 60_000)).toBe(Math.floor(rowsPerSecond * minutes * 60))
    }
  }
})

test('patterns have their shapes', () => {
  const perSecond = (name: Pattern) =>
    Array.from(
      { length: 60 },
      (_, second) => rowsBefore(name, 100, (second + 1) * 1000) - rowsBefore(name, 100, second * 1000),
    )
  expect(new Set(perSecond('steady'))).toEqual(new Set([100]))
  expect(perSecond('burst').slice(0, 10)).toEqual([25, 25, 25, 25, 400, 400, 25, 25, 25, 25])
  expect(perSecond('spike')[20]).toBe(1575)
  expect(perSecond('spike').filter((rows) => rows === 75)).toHaveLength(59)
  const wave = perSecond('wave')
  expect(Math.max(...wave)).toBeGreaterThan(175)
  expect(Math.min(...wave)).toBeLessThan(25)
})

test('nothing comes before zero time', () => {
  for (const name of patterns) expect([rowsBefore(name, 50, 0), rowsBefore(name, 50, -10)]).toEqual([0, 0])
})

test('the time of a row is the first millisecond that counts it', () => {
  const someRate = fc.oneof(fc.constantFrom(0.3, 1, 3, 20, 1000), fc.double({ min: 0.01, max: 100_000, noNaN: true }))
  fc.assert(
    fc.property(pattern, someRate, fc.nat(1_000_000), (name, rowsPerSecond, index) => {
      const timeMs = rowTime(name, rowsPerSecond, index)
      expect(Number.isInteger(timeMs)).toBe(true)
      expect(rowsBefore(name, rowsPerSecond, timeMs)).toBeGreaterThan(index)
      expect(rowsBefore(name, rowsPerSecond, timeMs - 1)).toBeLessThanOrEqual(index)
    }),
  )
})
