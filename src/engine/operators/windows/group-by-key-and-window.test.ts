import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { groupByKeyAndWindow } from './group-by-key-and-window.ts'

test('groups each batch, windows the groups and puts them together', () => {
  const params = { windowMs: 3000, numPartitions: 4 }
  expect(printStreams(recordLowering(groupByKeyAndWindow, params, { inputSlideMs: 500 }))).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'group' }, partitions: 4 },
    { kind: 'windowed', parent: 1, windowMs: 3000, slideMs: 500 },
    {
      kind: 'shuffled',
      parent: 2,
      combine: {
        kind: 'combine',
        create: '(values) => [...values]',
        mergeValue: expect.stringContaining('all.push(value)'),
        mergeCombiner: expect.stringContaining('all.push(value)'),
        mapSideCombine: true,
      },
      partitions: 4,
    },
  ])
})

test('slides as it is told', () => {
  const lowering = recordLowering(groupByKeyAndWindow, { windowMs: 4000, slideMs: 2000 })
  expect(printStreams(lowering)).toMatchObject([{ partitions: 2 }, { slideMs: 2000 }, { partitions: 2 }])
  expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
})

test('is checked as a window, and needs no checkpointing', () => {
  expect(checkNode(groupByKeyAndWindow, { windowMs: 3000 }, { checkpointing: false })).toEqual([])
  expect(checkNode(groupByKeyAndWindow, { windowMs: 1500 })).toMatchObject([
    { message: expect.stringContaining('of windowed DStream (1500 ms) must be a multiple of') },
  ])
})
