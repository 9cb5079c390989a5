import { expect, test } from 'vitest'
import { firstBatchAfter, floorTime, isMultipleOf, printMs, restartTime, timesTo, timesUntil } from './time.ts'

// The figures are those of Spark's TimeSuite, DurationSuite and RecurringTimer.

test.each([
  [1350, 200, undefined, 1200],
  [1200, 200, undefined, 1200],
  [199, 200, undefined, 0],
  [1, 1, undefined, 1],
  [1350, 200, 50, 1250],
  [1350, 200, 150, 1350],
  [1350, 200, 200, 1200],
])('floor of %i by %i with zero %s is %i', (timeMs, periodMs, zeroMs, expected) => {
  expect(floorTime(timeMs, periodMs, zeroMs)).toBe(expected)
})

test('a time before the zero time floors towards it', () => {
  expect(floorTime(50, 200, 500)).toBe(100)
})

test.each([
  [1000, 5, true],
  [1000, 1000, true],
  [1000, 1, true],
  [1000, 6, false],
])('%i is a multiple of %i: %s', (ms, periodMs, expected) => {
  expect(isMultipleOf(ms, periodMs)).toBe(expected)
})

test.each([
  [1000, 1100, 100, [1000], [1000, 1100]],
  [1000, 1000, 100, [], [1000]],
  [1000, 1100, 30, [1000, 1030, 1060, 1090], [1000, 1030, 1060, 1090]],
])('from %i to %i by %i', (fromMs, toMs, stepMs, until, to) => {
  expect(timesUntil(fromMs, toMs, stepMs)).toEqual(until)
  expect(timesTo(fromMs, toMs, stepMs)).toEqual(to)
})

test.each([
  [0, 1000, 1000],
  [1, 1000, 1000],
  [999, 1000, 1000],
  [1000, 1000, 2000],
  [1500, 1000, 2000],
])('a context started at %i with batches of %i runs its first batch at %i', (nowMs, periodMs, expected) => {
  expect(firstBatchAfter(nowMs, periodMs)).toBe(expected)
})

test.each([
  [3000, 500, 0, 3500],
  [15_000, 2000, 0, 16_000],
  [1234, 1000, 500, 1500],
])('restarted at %i with batches of %i and zero time %i, it goes on at %i', (nowMs, periodMs, zeroMs, expected) => {
  expect(restartTime(nowMs, periodMs, zeroMs)).toBe(expected)
})

test('times print as Spark prints them', () => {
  expect(printMs(1000)).toBe('1000 ms')
})
