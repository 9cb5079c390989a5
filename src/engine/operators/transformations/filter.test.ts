import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { filter } from './filter.ts'

test("is one narrow step with the user's function", () => {
  expect(printStreams(recordLowering(filter, { fn: 'x => x > 1' }))).toEqual([
    { kind: 'narrow', step: 'filter', parent: 0, fn: 'x => x > 1' },
  ])
})

test('needs a function of one record', () => {
  expect(filter.bind('n', {})).toMatchObject({ ok: false, error: [{ code: 'param/missing', param: 'fn' }] })
  expect(filter.bind('n', { fn: '(key, value) => value' })).toMatchObject({
    ok: true,
    value: { warnings: [{ code: 'function/too-many-parameters', hint: expect.stringContaining('([key, value])') }] },
  })
})
