import { describe, expect, it } from 'vitest'
import { printBatchTime, printVirtualTime, printWallTime } from './batch-time.ts'

describe('printWallTime', () => {
  const timeZone = 'America/Los_Angeles'
  it.each([
    [1000, true, '2015/05/14 14:04:40'],
    [999, true, '2015/05/14 14:04:40.452'],
    [1000, false, '14:04:40'],
    [999, false, '14:04:40.452'],
  ])('batches of %d ms, date %s: %s', (batchMs, date, text) =>
    expect(printWallTime(1431637480452, { batchMs, date, timeZone })).toBe(text),
  )

  it('calls midnight 00', () =>
    expect(printWallTime(0, { batchMs: 1000, date: true, timeZone: 'UTC' })).toBe('1970/01/01 00:00:00'))
})

describe('printVirtualTime', () => {
  it.each([
    [0, 1000, '00:00'],
    [65_000, 1000, '01:05'],
    [65_250, 250, '01:05.250'],
    [1500, 1500, '00:01.500'],
    [3_665_000, 1000, '1:01:05'],
  ])('%d ms in batches of %d ms is %s', (timeMs, batchMs, text) => expect(printVirtualTime(timeMs, batchMs)).toBe(text))
})

it('a virtual clock counts from zero', () =>
  expect(printBatchTime(2000, { kind: 'virtual', zeroMs: 0 }, 1000)).toBe('00:02'))
