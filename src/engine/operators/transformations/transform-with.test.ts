import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { transformWith } from './transform-with.ts'

const fn = '(a, b) => a.union(b)'

test('reads both of its ports', () => {
  expect(printStreams(recordLowering(transformWith, { fn }))).toEqual([
    { kind: 'transformed', form: 'with', parents: [0, 1], fn },
  ])
})

test('refuses streams with different slides, in the words of Spark', () => {
  expect(checkNode(transformWith, { fn }, { inputSlidesMs: [1000, 2000], inputNodes: ['a', 'b'] })).toMatchObject([
    { code: 'graph/different-slides', message: 'Some of the DStreams have different slide durations' },
  ])
})
