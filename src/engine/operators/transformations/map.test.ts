import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { map } from './map.ts'

test("is one narrow step with the user's function", () => {
  expect(printStreams(recordLowering(map, { fn: 'x => x + 1' }))).toEqual([
    { kind: 'narrow', step: 'map', parent: 0, fn: 'x => x + 1' },
  ])
})

test('needs a function of one record', () => {
  expect(map.bind('n', {})).toMatchObject({ ok: false, error: [{ code: 'param/missing', param: 'fn' }] })
  expect(map.bind('n', { fn: '(key, value) => value' })).toMatchObject({
    ok: true,
    value: { warnings: [{ code: 'function/too-many-parameters', hint: expect.stringContaining('([key, value])') }] },
  })
})
