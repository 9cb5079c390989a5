import { describe, expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { reduceByKeyAndWindow } from './reduce-by-key-and-window.ts'

const reduce = '(a, b) => a + b'
const inverse = '(a, b) => a - b'
const filter = '([key, value]) => value !== 0'
const shuffled = (parent: number, partitions: number) => ({
  kind: 'shuffled',
  parent,
  combine: { kind: 'reduce', fn: reduce },
  partitions,
})

describe('without inverse', () => {
  test('reduces each batch, windows the results and reduces them again', () => {
    const params = { reduce, windowMs: 3000, numPartitions: 4 }
    expect(printStreams(recordLowering(reduceByKeyAndWindow, params, { inputSlideMs: 500 }))).toEqual([
      shuffled(0, 4),
      { kind: 'windowed', parent: 1, windowMs: 3000, slideMs: 500 },
      shuffled(2, 4),
    ])
  })

  test('is checked as a window, and needs no checkpointing', () => {
    expect(checkNode(reduceByKeyAndWindow, { reduce, windowMs: 3000 }, { checkpointing: false })).toEqual([])
    expect(checkNode(reduceByKeyAndWindow, { reduce, windowMs: 1500 })).toMatchObject([
      { message: expect.stringContaining('of windowed DStream (1500 ms) must be a multiple of') },
    ])
  })

  test('warns of a filter, which only the incremental form has', () => {
    expect(checkNode(reduceByKeyAndWindow, { reduce, windowMs: 3000, filter })).toMatchObject([
      { code: 'param/unused', severity: 'warning', param: 'filter', fixes: [{ param: 'filter', value: null }] },
    ])
  })
})

describe('with inverse', () => {
  const params = { reduce, inverse, windowMs: 4000, slideMs: 2000 }

  test('reduces each batch and goes on from the previous result', () => {
    const lowering = recordLowering(reduceByKeyAndWindow, params)
    const window = { kind: 'reducedWindow', parent: 1, reduce, inverse, windowMs: 4000, slideMs: 2000, partitions: 2 }
    expect(printStreams(lowering)).toEqual([shuffled(0, 2), window])
    expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
  })

  test('hands the filter on', () => {
    expect(printStreams(recordLowering(reduceByKeyAndWindow, { ...params, filter }))[1]).toMatchObject({ filter })
  })

  test('is checked as ReducedWindowedDStream', () => {
    expect(checkNode(reduceByKeyAndWindow, { ...params, slideMs: 1500 })).toMatchObject([
      {
        param: 'slideMs',
        message:
          'The slide duration of ReducedWindowedDStream (1500 ms) must be multiple of the slide duration of parent DStream (1000 ms)',
      },
    ])
    expect(checkNode(reduceByKeyAndWindow, { ...params, windowMs: 1000 })).toMatchObject([
      { code: 'window/gap', severity: 'warning', message: expect.stringContaining('wrong') },
    ])
  })

  test('needs checkpointing, or to be without inverse', () => {
    const [problem, ...others] = checkNode(reduceByKeyAndWindow, params, { checkpointing: false })
    expect(problem).toMatchObject({ code: 'checkpoint/no-directory', severity: 'error', param: 'inverse' })
    expect(others).toEqual([])
    expect(problem?.fixes).toMatchObject([{ param: 'inverse', value: null }])
    const fixed = { ...params, inverse: null }
    expect(checkNode(reduceByKeyAndWindow, fixed, { checkpointing: false })).toEqual([])
  })
})
