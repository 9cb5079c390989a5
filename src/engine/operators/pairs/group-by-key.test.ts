import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { groupByKey } from './group-by-key.ts'

test('shuffles into groups, by default into N partitions', () => {
  expect(printStreams(recordLowering(groupByKey, {}))).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'group' }, partitions: 2 },
  ])
  expect(printStreams(recordLowering(groupByKey, { numPartitions: 5 }))).toMatchObject([{ partitions: 5 }])
})
