import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { countByValueAndWindow } from './count-by-value-and-window.ts'

const params = { windowMs: 4000, slideMs: 2000 }

test('is an incremental sum of ones by value that drops zeros', () => {
  const lowering = recordLowering(countByValueAndWindow, { ...params, numPartitions: 3 })
  const reduce = '(a, b) => a + b'
  expect(printStreams(lowering)).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: '(value) => [value, 1]' },
    { kind: 'shuffled', parent: 1, combine: { kind: 'reduce', fn: reduce }, partitions: 3 },
    {
      kind: 'reducedWindow',
      parent: 2,
      reduce,
      inverse: '(a, b) => a - b',
      filter: '([, count]) => count !== 0',
      ...params,
      partitions: 3,
    },
  ])
  expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
  expect(printStreams(recordLowering(countByValueAndWindow, params))).toMatchObject([
    {},
    { partitions: 2 },
    { partitions: 2 },
  ])
})

test('refuses what ReducedWindowedDStream refuses', () => {
  expect(checkNode(countByValueAndWindow, { ...params, slideMs: 1500 })).toMatchObject([
    { param: 'slideMs', message: expect.stringContaining('of ReducedWindowedDStream (1500 ms) must be multiple of') },
  ])
  expect(checkNode(countByValueAndWindow, params, { checkpointing: false })).toMatchObject([
    { code: 'checkpoint/no-directory', path: ['settings', 'checkpoint'] },
  ])
})
