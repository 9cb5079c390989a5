import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { reduceByKey } from './reduce-by-key.ts'

const reduce = '(a, b) => a + b'

test("shuffles with the user's function, by default into N partitions", () => {
  expect(printStreams(recordLowering(reduceByKey, { reduce }))).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'reduce', fn: reduce }, partitions: 2 },
  ])
  expect(printStreams(recordLowering(reduceByKey, { reduce, numPartitions: 1 }))).toMatchObject([{ partitions: 1 }])
})

test('refuses zero partitions', () => {
  expect(reduceByKey.bind('n', { reduce, numPartitions: 0 })).toMatchObject({
    ok: false,
    error: [{ code: 'param/out-of-range', param: 'numPartitions', fixes: [{ value: 1 }] }],
  })
})
