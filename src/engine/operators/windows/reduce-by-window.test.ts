import { describe, expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { reduceByWindow } from './reduce-by-window.ts'

const reduce = '(a, b) => a + b'
const inverse = '(a, b) => a - b'
const params = { reduce, windowMs: 4000, slideMs: 2000 }
const map = (parent: number, fn: string) => ({ kind: 'narrow', step: 'map', parent, fn })
const shuffled = (parent: number) => ({
  kind: 'shuffled',
  parent,
  combine: { kind: 'reduce', fn: reduce },
  partitions: 1,
})
const all = (parent: number) => ({
  kind: 'shuffled',
  parent,
  combine: { kind: 'reduceAll', fn: reduce },
  partitions: 1,
})

describe('without inverse', () => {
  test('reduces each batch, windows the results and reduces them again', () => {
    const lowering = recordLowering(reduceByWindow, params)
    expect(printStreams(lowering)).toEqual([
      all(0),
      map(1, '([, value]) => value'),
      { kind: 'windowed', parent: 2, windowMs: 4000, slideMs: 2000 },
      all(3),
      map(4, '([, value]) => value'),
    ])
    expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
  })

  test('is checked as a window, and needs no checkpointing', () => {
    expect(checkNode(reduceByWindow, params, { checkpointing: false })).toEqual([])
    expect(checkNode(reduceByWindow, { ...params, slideMs: 1500 })).toMatchObject([
      { param: 'slideMs', message: expect.stringContaining('of windowed DStream (1500 ms) must be a multiple of') },
    ])
  })
})

describe('with inverse', () => {
  test('goes on from the previous result, in a single partition', () => {
    expect(printStreams(recordLowering(reduceByWindow, { ...params, inverse }))).toEqual([
      map(0, '(value) => [1, value]'),
      shuffled(1),
      { kind: 'reducedWindow', parent: 2, reduce, inverse, windowMs: 4000, slideMs: 2000, partitions: 1 },
      map(3, '([, value]) => value'),
    ])
  })

  test('is checked as ReducedWindowedDStream, and needs checkpointing', () => {
    expect(checkNode(reduceByWindow, { ...params, inverse, windowMs: 1500 })).toMatchObject([
      {
        param: 'windowMs',
        message: expect.stringContaining('of ReducedWindowedDStream (1500 ms) must be multiple of'),
      },
    ])
    expect(checkNode(reduceByWindow, { ...params, inverse }, { checkpointing: false })).toMatchObject([
      { code: 'checkpoint/no-directory', param: 'inverse', fixes: [{ param: 'inverse', value: null }] },
    ])
  })
})
