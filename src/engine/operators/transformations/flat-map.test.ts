import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { flatMap } from './flat-map.ts'

test("is one narrow step with the user's function", () => {
  expect(printStreams(recordLowering(flatMap, { fn: 'x => [x, x]' }))).toEqual([
    { kind: 'narrow', step: 'flatMap', parent: 0, fn: 'x => [x, x]' },
  ])
})

test('needs a function of one record', () => {
  expect(flatMap.bind('n', {})).toMatchObject({ ok: false, error: [{ code: 'param/missing', param: 'fn' }] })
  expect(flatMap.bind('n', { fn: '(key, value) => value' })).toMatchObject({
    ok: true,
    value: { warnings: [{ code: 'function/too-many-parameters', hint: expect.stringContaining('([key, value])') }] },
  })
})
