import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { leftOuterJoin } from './left-outer-join.ts'

test('cogroups left and right, then combines their values', () => {
  expect(printStreams(recordLowering(leftOuterJoin, {}))).toEqual([
    { kind: 'cogrouped', parents: [0, 1], partitions: 2 },
    { kind: 'narrow', step: 'flatMapValues', parent: 2, fn: expect.stringContaining('? [null] :') },
  ])
  expect(printStreams(recordLowering(leftOuterJoin, { numPartitions: 7 }))).toMatchObject([{ partitions: 7 }, {}])
})

test('refuses sides of different slides as Spark does', () => {
  expect(checkNode(leftOuterJoin, {}, { inputSlidesMs: [1000, 3000] })).toMatchObject([
    { code: 'graph/different-slides', message: 'Some of the DStreams have different slide durations' },
  ])
})
