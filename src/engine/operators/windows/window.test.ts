import { describe, expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { window } from './window.ts'

describe('a window', () => {
  test('slides as its input unless told otherwise', () => {
    const lowering = recordLowering(window, { windowMs: 6000 }, { inputSlideMs: 2000 })
    expect(printStreams(lowering)).toEqual([{ kind: 'windowed', parent: 0, windowMs: 6000, slideMs: 2000 }])
    expect(lowering.bound.slideMs([2000], 1000)).toBe(2000)
  })

  test('slides as it is told', () => {
    const lowering = recordLowering(window, { windowMs: 4000, slideMs: 2000 })
    expect(printStreams(lowering)).toEqual([{ kind: 'windowed', parent: 0, windowMs: 4000, slideMs: 2000 }])
    expect(lowering.bound.slideMs([1000], 1000)).toBe(2000)
  })
})

describe('the checks', () => {
  test("refuse a window that is no multiple, in Spark's words, with the nearest multiples", () => {
    expect(checkNode(window, { windowMs: 7000 }, { inputSlidesMs: [2000] })).toEqual([
      {
        code: 'window/window-not-a-multiple',
        severity: 'error',
        message:
          'The window duration of windowed DStream (7000 ms) must be a multiple of the slide duration of parent DStream (2000 ms)',
        hint: 'The input has new records every 2000 ms: choose a multiple of that.',
        node: 'n',
        param: 'windowMs',
        fixes: [
          { label: 'Use 6000 ms', param: 'windowMs', value: 6000 },
          { label: 'Use 8000 ms', param: 'windowMs', value: 8000 },
        ],
      },
    ])
  })

  test('offer no multiple of zero', () => {
    const [problem] = checkNode(window, { windowMs: 500 })
    expect(problem?.fixes).toEqual([{ label: 'Use 1000 ms', param: 'windowMs', value: 1000 }])
  })

  test('refuse a slide that is no multiple', () => {
    expect(checkNode(window, { windowMs: 2000, slideMs: 1500 })).toMatchObject([
      {
        code: 'window/slide-not-a-multiple',
        param: 'slideMs',
        message:
          'The slide duration of windowed DStream (1500 ms) must be a multiple of the slide duration of parent DStream (1000 ms)',
        fixes: [{ value: 1000 }, { value: 2000 }],
      },
    ])
  })

  test('tell of both at once', () => {
    const problems = checkNode(window, { windowMs: 1500, slideMs: 2500 })
    expect(problems.map(({ param }) => param)).toEqual(['windowMs', 'slideMs'])
  })

  test('warn of records between two windows', () => {
    expect(checkNode(window, { windowMs: 1000, slideMs: 3000 })).toMatchObject([
      { code: 'window/gap', severity: 'warning', param: 'windowMs', fixes: [{ value: 3000 }] },
    ])
  })

  test('need no checkpointing', () => {
    expect(checkNode(window, { windowMs: 3000 }, { checkpointing: false })).toEqual([])
  })
})
