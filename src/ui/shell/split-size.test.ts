import { expect, test } from 'vitest'
import { nextSize } from './split-size.ts'

const column = { px: 216, spare: 100, whole: 1000, unit: 'px', min: 160, max: 360 } as const

test('keeps to the limits and to what the other side can give', () => {
  expect(nextSize(240, column)).toBe(240)
  expect(nextSize(0, column)).toBe(160)
  expect(nextSize(5000, column)).toBe(316)
  expect(nextSize(5000, { ...column, spare: 500 })).toBe(360)
  expect(nextSize(5000, { ...column, spare: -40 })).toBe(216)
})

test('gives shares of the whole as percent', () => {
  const row = { px: 300, spare: 500, whole: 800, unit: '%', min: 120, max: 75 } as const
  expect(nextSize(320, row)).toBe(40)
  expect(nextSize(0, row)).toBe(15)
  expect(nextSize(5000, row)).toBe(75)
})
