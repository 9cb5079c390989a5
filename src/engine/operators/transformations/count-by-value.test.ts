import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { countByValue } from './count-by-value.ts'

test('sums ones by value, by default in N partitions', () => {
  expect(printStreams(recordLowering(countByValue, {}))).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: '(value) => [value, 1]' },
    { kind: 'shuffled', parent: 1, combine: { kind: 'reduce', fn: '(a, b) => a + b' }, partitions: 2 },
  ])
  expect(printStreams(recordLowering(countByValue, { numPartitions: 5 }))).toMatchObject([{}, { partitions: 5 }])
})
