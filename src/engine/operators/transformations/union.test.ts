import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { union } from './union.ts'

test('joins its inputs in the order of their edges', () => {
  expect(printStreams(recordLowering(union, {}))).toEqual([{ kind: 'union', parents: [0, 1] }])
})

test('accepts inputs of one slide, and refuses different ones as Spark does', () => {
  expect(checkNode(union, {}, { inputSlidesMs: [2000, 2000, 2000], inputNodes: ['a', 'b', 'c'] })).toEqual([])
  expect(checkNode(union, {}, { inputSlidesMs: [1000, 2000], inputNodes: ['lines', 'counts'] })).toMatchObject([
    {
      code: 'graph/different-slides',
      severity: 'error',
      message: 'Some of the DStreams have different slide durations',
      node: 'n',
      hint: expect.stringContaining('lines has one every 1000 ms, counts has one every 2000 ms'),
    },
  ])
})
