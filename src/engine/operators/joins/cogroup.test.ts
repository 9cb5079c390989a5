import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { cogroup } from './cogroup.ts'

test('cogroups left and right, by default into N partitions', () => {
  expect(printStreams(recordLowering(cogroup, {}))).toEqual([{ kind: 'cogrouped', parents: [0, 1], partitions: 2 }])
  expect(printStreams(recordLowering(cogroup, { numPartitions: 7 }))).toMatchObject([{ partitions: 7 }])
})

test('refuses sides of different slides as Spark does', () => {
  expect(checkNode(cogroup, {}, { inputSlidesMs: [1000, 3000] })).toMatchObject([
    { code: 'graph/different-slides', message: 'Some of the DStreams have different slide durations' },
  ])
})
