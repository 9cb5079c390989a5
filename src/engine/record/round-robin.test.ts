import { expect, test } from 'vitest'
import { roundRobinStart } from './round-robin.ts'

test('starts inside the partitions, the same each time, and not always at the same', () => {
  for (const partitions of [1, 2, 3, 5, 8, 100]) {
    const starts = Array.from({ length: 50 }, (_, index) => roundRobinStart(index, partitions))
    expect(starts.every((start) => Number.isInteger(start) && start >= 0 && start < partitions)).toBe(true)
    expect(starts).toEqual(Array.from({ length: 50 }, (_, index) => roundRobinStart(index, partitions)))
    if (partitions > 1) expect(new Set(starts).size).toBeGreaterThan(1)
  }
})
