import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printTaggedList } from './print-tagged-list.ts'
import { printTagged } from './tagged-json.ts'

const record = fc.letrec<{ record: unknown }>((tie) => ({
  record: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.string(),
    fc.double(),
    fc.constantFrom(undefined, null, true, -0, 1n, new Date(0)),
    fc.array(tie('record'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', '$', '__proto__', 'toString'), tie('record'), { maxKeys: 3 }),
  ),
})).record

test('lists are written as one by one', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(printTaggedList(records)).toBe(printTagged(records))
    }),
  )
})

test('what is no record is refused', () => {
  expect(() => printTaggedList([['a', new Map()]])).toThrow(/Map/)
  expect(() => printTaggedList([() => 1])).toThrow(/function/)
})
