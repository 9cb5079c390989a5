import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameRecord } from './same-record.ts'
import { printTagged } from './tagged-json.ts'

const record = fc.letrec<{ record: unknown }>((tie) => ({
  record: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(undefined, null, true, 0, -0, Number.NaN, 1, '', 'a', 1n, new Date(0), new Date(Number.NaN)),
    fc.array(tie('record'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '$', '__proto__'), tie('record'), { maxKeys: 3 }),
  ),
})).record

test('records are the same exactly when they are written alike', () => {
  fc.assert(
    fc.property(record, record, (a, b) => {
      expect(sameRecord(a, b)).toBe(printTagged(a) === printTagged(b))
    }),
  )
})

test('what is no record is never the same', () => {
  const foreign = new Map()
  const fn = (): void => {}
  for (const value of [foreign, fn, { foreign }, [fn]]) expect(sameRecord(value, value)).toBe(false)
})
