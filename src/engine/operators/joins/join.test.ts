import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { join } from './join.ts'

test('cogroups left and right, then combines their values', () => {
  expect(printStreams(recordLowering(join, {}))).toEqual([
    { kind: 'cogrouped', parents: [0, 1], partitions: 2 },
    { kind: 'narrow', step: 'flatMapValues', parent: 2, fn: expect.stringContaining('lefts.flatMap') },
  ])
  expect(printStreams(recordLowering(join, { numPartitions: 7 }))).toMatchObject([{ partitions: 7 }, {}])
})

test('refuses sides of different slides as Spark does', () => {
  expect(checkNode(join, {}, { inputSlidesMs: [1000, 3000] })).toMatchObject([
    { message: 'Some of the DStreams have different slide durations', hint: expect.stringContaining('3000 ms behind') },
  ])
  expect(checkNode(join, {}, { inputSlidesMs: [3000, 3000] })).toEqual([])
})
