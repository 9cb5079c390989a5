import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { countByWindow } from './count-by-window.ts'

test('is an incremental sum of ones in a single partition', () => {
  const lowering = recordLowering(countByWindow, { windowMs: 3000, slideMs: 2000 })
  expect(printStreams(lowering)).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: '() => 1' },
    { kind: 'narrow', step: 'map', parent: 1, fn: '(n) => [1, n]' },
    { kind: 'shuffled', parent: 2, combine: { kind: 'reduce', fn: '(a, b) => a + b' }, partitions: 1 },
    {
      kind: 'reducedWindow',
      parent: 3,
      reduce: '(a, b) => a + b',
      inverse: '(a, b) => a - b',
      windowMs: 3000,
      slideMs: 2000,
      partitions: 1,
    },
    { kind: 'narrow', step: 'map', parent: 4, fn: '([, count]) => count' },
  ])
  expect(lowering.result).toBe(5)
  expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
})

test('refuses what ReducedWindowedDStream refuses', () => {
  expect(checkNode(countByWindow, { windowMs: 1500, slideMs: 1000 })).toMatchObject([
    {
      param: 'windowMs',
      message:
        'The window duration of ReducedWindowedDStream (1500 ms) must be multiple of the slide duration of parent DStream (1000 ms)',
    },
  ])
  expect(checkNode(countByWindow, { windowMs: 3000, slideMs: 1000 }, { checkpointing: false })).toMatchObject([
    {
      code: 'checkpoint/no-directory',
      message: 'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
      path: ['settings', 'checkpoint'],
    },
  ])
})

test('needs both durations', () => {
  const bind = countByWindow.bind('n', {})
  expect(bind).toMatchObject({ ok: false, error: [{ param: 'windowMs' }, { param: 'slideMs' }] })
})
