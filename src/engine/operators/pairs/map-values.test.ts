import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { mapValues } from './map-values.ts'

test('is one narrow step that leaves the keys alone', () => {
  expect(printStreams(recordLowering(mapValues, { fn: 'n => n + 1' }))).toEqual([
    { kind: 'narrow', step: 'mapValues', parent: 0, fn: 'n => n + 1' },
  ])
})
