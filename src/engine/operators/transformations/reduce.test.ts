import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { reduce } from './reduce.ts'

test('makes all records one value in a single partition', () => {
  const fn = '(a, b) => a + b'
  const lowering = recordLowering(reduce, { reduce: fn }, { defaultParallelism: 4 })
  expect(printStreams(lowering)).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'reduceAll', fn }, partitions: 1 },
    { kind: 'narrow', step: 'map', parent: 1, fn: '([, value]) => value' },
  ])
  expect(lowering.result).toBe(2)
})
