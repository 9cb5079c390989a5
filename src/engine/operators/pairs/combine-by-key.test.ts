import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { combineByKey } from './combine-by-key.ts'

const functions = {
  create: 'v => [v]',
  mergeValue: '(list, v) => [...list, v]',
  mergeCombiner: '(a, b) => [...a, ...b]',
}

test('shuffles with three functions, combining first, by default into N partitions', () => {
  expect(printStreams(recordLowering(combineByKey, functions))).toEqual([
    { kind: 'shuffled', parent: 0, combine: { kind: 'combine', ...functions, mapSideCombine: true }, partitions: 2 },
  ])
  const chosen = { ...functions, mapSideCombine: false, numPartitions: 3 }
  expect(printStreams(recordLowering(combineByKey, chosen))).toMatchObject([
    { combine: { mapSideCombine: false }, partitions: 3 },
  ])
})

test('needs all three functions', () => {
  expect(combineByKey.bind('n', {})).toMatchObject({
    ok: false,
    error: [{ param: 'create' }, { param: 'mergeValue' }, { param: 'mergeCombiner' }],
  })
})
