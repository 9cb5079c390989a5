import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { glom } from './glom.ts'

test('makes one record of each partition, and forgets the partitioner', () => {
  expect(printStreams(recordLowering(glom, {}))).toEqual([
    { kind: 'partitionwise', parent: 0, fn: '(records) => [records]', preservesPartitioning: false },
  ])
})
