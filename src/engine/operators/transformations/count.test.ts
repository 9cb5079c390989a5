import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { count } from './count.ts'

test('adds one zero, then sums ones over as many partitions as the default parallelism', () => {
  const lowering = recordLowering(count, {}, { defaultParallelism: 4 })
  expect(printStreams(lowering)).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: '() => [null, 1]' },
    { kind: 'appended', parent: 1, records: [[null, 0]] },
    { kind: 'shuffled', parent: 2, combine: { kind: 'reduce', fn: '(a, b) => a + b' }, partitions: 4 },
    { kind: 'narrow', step: 'map', parent: 3, fn: '([, count]) => count' },
  ])
  expect(lowering.result).toBe(4)
})
