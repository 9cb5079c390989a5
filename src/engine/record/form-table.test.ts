import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_IN_MAP, widened } from './form-table.ts'
import type { KeyForm } from './key-form.ts'

/** As many forms as a Map may hold: texts and numbers. */
function fullMap(): Map<KeyForm, number> {
  const map = new Map<KeyForm, number>()
  for (let i = 0; i < MOST_IN_MAP; i++) map.set(i % 2 === 0 ? `key ${i}` : i, i)
  return map
}

const form = fc.oneof(
  fc.integer({ min: 0, max: 2 * MOST_IN_MAP }),
  fc.integer({ min: 0, max: 2 * MOST_IN_MAP }).map((i) => `key ${i}`),
  fc.constantFrom<KeyForm>(null, undefined, true, false, Number.NaN, -0, 0.5, 1n, '', '1', '\0Aa', '\0BB', 'Aa', 'BB'),
)

test('a map that is wide holds what it held before and what is added, as a Map does', () => {
  fc.assert(
    fc.property(fc.array(form, { maxLength: 300 }), (forms) => {
      const map = fullMap()
      const wide = widened(fullMap())
      expect(wide).not.toBeInstanceOf(Map)
      for (const each of forms) {
        expect(wide.get(each)).toBe(map.get(each))
        if (map.has(each)) continue
        map.set(each, map.size)
        wide.set(each, wide.size)
      }
      expect(wide.size).toBe(map.size)
    }),
    { numRuns: 10 },
  )
})

test('it grows, and finds all', () => {
  const wide = widened(fullMap())
  const count = 6 * MOST_IN_MAP
  for (let i = MOST_IN_MAP; i < count; i++) wide.set(i % 2 === 0 ? `key ${i}` : i, i)
  let missing = 0
  for (let i = 0; i < count; i++) if (wide.get(i % 2 === 0 ? `key ${i}` : i) !== i) missing += 1
  expect(missing).toBe(0)
  expect(wide.size).toBe(count)
  expect(wide.get('key -1')).toBe(undefined)
})

test('a small map stays as it is, and so does one that is wide', () => {
  const small = new Map<KeyForm, number>([['a', 1]])
  expect(widened(small)).toBe(small)
  const wide = widened(fullMap())
  expect(widened(wide)).toBe(wide)
})
