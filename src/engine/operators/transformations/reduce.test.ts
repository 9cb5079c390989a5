import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { reduce } from './reduce.ts'

test('is reduceByKey over one null key in a single partition', () => {
  const fn = '(a, b) => a + b'
  const lowering = recordLowering(reduce, { reduce: fn }, { defaultParallelism: 4 })
  expect(printStreams(lowering)).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: '(value) => [null, value]' },
    { kind: 'shuffled', parent: 1, combine: { kind: 'reduce', fn }, partitions: 1 },
    { kind: 'narrow', step: 'map', parent: 2, fn: '([, value]) => value' },
  ])
  expect(lowering.result).toBe(3)
})
