import { describe, expect, it } from 'vitest'
import { normalizeDuration, printDuration, printDurationVerbose, readSeconds, toTimeUnit } from './duration.ts'

describe('printDuration', () => {
  it.each([
    [0, '0 ms'],
    [99, '99 ms'],
    [100, '0.1 s'],
    [350, '0.4 s'],
    [1000, '1 s'],
    [59_000, '59 s'],
    [60_000, '1.0 min'],
    [540_000, '9.0 min'],
    [600_000, '10 min'],
    [3_600_000, '1.0 h'],
  ])('%d ms is %s', (ms, text) => expect(printDuration(ms)).toBe(text))
})

describe('printDurationVerbose', () => {
  it.each([
    [0, '0 ms'],
    [35, '35 ms'],
    [1000, '1 second '],
    [5035, '5 seconds 35 ms'],
    [60_000, '1 minute '],
    [61_000, '1 minute 1 second'],
    [3_723_000, '1 hour 2 minutes 3 seconds'],
    [2 * 86_400_000, '2 days  '],
    [8 * 86_400_000, '1 week 1 day '],
  ])('%d ms is "%s"', (ms, text) => expect(printDurationVerbose(ms)).toBe(text))
})

describe('normalizeDuration', () => {
  it.each([
    [900, 900, 'ms'],
    [1000, 1, 'sec'],
    [60_000, 1, 'min'],
    [3_600_000, 1, 'hrs'],
    [86_400_000, 1, 'days'],
  ])('%d ms is %d %s', (ms, value, unit) => expect(normalizeDuration(ms)).toEqual({ value, unit }))
})

describe('toTimeUnit', () => {
  it.each([
    ['ms', 60_000],
    ['sec', 60],
    ['min', 1],
    ['hrs', 0.016666666666666666],
    ['days', 0.0006944444444444445],
  ] as const)('a minute in %s is %d', (unit, value) => expect(toTimeUnit(60_000, unit)).toBe(value))
})

describe('readSeconds', () => {
  it.each([
    [30_000, '30 s'],
    [1500, '1.5 s'],
    [500, '0.5 s'],
    [120_000, '2 min'],
    [100_000, '100 s'],
    [10, undefined],
    [Number.NaN, undefined],
  ])('%d ms reads %s', (ms, text) => expect(readSeconds(ms)).toBe(text))
})
