import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashKey } from './hash.ts'
import { keyForm } from './key-form.ts'
import { RecordError } from './record-error.ts'

const records = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })
const areEqual = (a: unknown, b: unknown) => new Set([keyForm(a), keyForm(b)]).size === 1

test.each([
  [0, -0],
  [Number.NaN, Number.NaN],
  [
    [1, 'a'],
    [1, 'a'],
  ],
  [[-0], [0]],
  [
    { a: 1, b: [Number.NaN] },
    { b: [Number.NaN], a: 1 },
  ],
  [new Date(5), new Date(5)],
  [new Date(Number.NaN), new Date(Number.NaN)],
  [[undefined], new Array(1)],
])('%o equals %o', (a, b) => {
  expect(areEqual(a, b)).toBe(true)
  expect(hashKey(a)).toBe(hashKey(b))
})

test.each([
  [1, '1'],
  [1, 1n],
  [[1], [1n]],
  [[1], ['1']],
  [null, undefined],
  [[null], [undefined]],
  [{ a: undefined }, {}],
  [[], {}],
  [[], ''],
  [
    ['a', 'b'],
    ['ab', ''],
  ],
  [
    [1, [2]],
    [[1], 2],
  ],
  [new Date(5), 5],
  [new Date(5), new Date(6)],
  [[1], keyForm([1])],
  ['\0', '\0\0'],
  [true, 'true'],
])('%o differs from %o', (a, b) => {
  expect(areEqual(a, b)).toBe(false)
})

test('primitives stand for themselves', () => {
  for (const key of ['', 'a', 1, -1.5, true, null, undefined, 12n]) expect(keyForm(key)).toBe(key)
})

/** Another way to compare: the tree of tags and values, objects by sorted members. */
function tree(value: unknown): unknown {
  if (typeof value === 'number') return ['number', String(value)]
  if (typeof value === 'bigint') return ['bigint', String(value)]
  if (typeof value !== 'object' || value === null) return [typeof value, String(value)]
  if (value instanceof Date) return ['date', String(value.getTime())]
  if (Array.isArray(value)) return ['array', Array.from(value, tree)]
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return ['object', members.map(([name, member]) => [name, tree(member)])]
}

test('forms are equal exactly when contents are, and equal forms hash alike', () => {
  fc.assert(
    fc.property(fc.array(records, { minLength: 2, maxLength: 30 }), (values) => {
      for (const a of values) {
        for (const b of [...values, structuredClone(a)]) {
          const isSame = JSON.stringify(tree(a)) === JSON.stringify(tree(b))
          expect(areEqual(a, b)).toBe(isSame)
          if (isSame) expect(hashKey(a)).toBe(hashKey(b))
        }
      }
    }),
  )
})

test('foreign keys are refused with their place', () => {
  expect(() => keyForm(new Map())).toThrow(RecordError)
  expect(() => keyForm(['a', () => 1])).toThrow('The part [1] of the key is a function.')
  expect(() => hashKey({ a: Symbol('s') })).toThrow('The part a of the key is a symbol.')
  const loop: unknown[] = []
  loop.push(loop)
  expect(() => keyForm(loop)).toThrow('contains itself')
  expect(() => hashKey(loop)).toThrow('contains itself')
})
