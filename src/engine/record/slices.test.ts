import { expect, test } from 'vitest'
import { evenSlices } from './slices.ts'

test.each([
  [10, 3, [0, 3, 6, 10]],
  [2, 4, [0, 0, 1, 1, 2]],
  [0, 2, [0, 0, 0]],
  [5, 1, [0, 5]],
])('%i records in %i slices', (length, parts, bounds) => {
  expect(evenSlices(length, parts)).toEqual(bounds)
})
