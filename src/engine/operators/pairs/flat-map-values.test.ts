import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { flatMapValues } from './flat-map-values.ts'

test('is one narrow step that leaves the keys alone', () => {
  expect(printStreams(recordLowering(flatMapValues, { fn: 'n => [n, n]' }))).toEqual([
    { kind: 'narrow', step: 'flatMapValues', parent: 0, fn: 'n => [n, n]' },
  ])
})
