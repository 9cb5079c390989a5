import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retainKey } from './retain-key.ts'

test('the copy equals the key', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true }), (key) => {
      expect(retainKey(key)).toStrictEqual(key)
    }),
  )
  expect(retainKey('a key of more than 13 characters')).toBe('a key of more than 13 characters')
})

test('changing the record afterwards does not change the key', () => {
  const key = { at: new Date(1), path: ['a'] }
  const kept = retainKey(key)
  key.path.push('b')
  key.at.setTime(2)
  expect(kept).toEqual({ at: new Date(1), path: ['a'] })
})
