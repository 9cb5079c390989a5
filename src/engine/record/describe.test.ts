import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, describeValue } from './describe.ts'

class Visit {}
const loop: unknown[] = [1]
loop.push(loop)
const trap = {
  a: 1,
  get b() {
    throw new Error('no')
  },
}
const { proxy: revoked, revoke } = Proxy.revocable({}, {})
revoke()

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [true, 'true'],
  [-0, '-0'],
  [12n, '12n'],
  ['a\nb "c"', '"a\\nb \\"c\\""'],
  ['a\u2028b\u202ec\u0007', '"a\\u2028b\\u202ec\\u0007"'],
  [['a', 1], '["a", 1]'],
  [{ user: 'ann', 'first name': [] }, '{user: "ann", "first name": []}'],
  [new Date(0), 'Date(1970-01-01T00:00:00.000Z)'],
  [new Date(Number.NaN), 'Date(invalid)'],
  [() => 1, '[Function]'],
  [Symbol('s'), 'Symbol(s)'],
  [[Promise.resolve()], '[[Promise]]'],
  [new Visit(), '[Visit]'],
  [new TypeError('x is\nnot'), '[TypeError: x is\\u000anot]'],
  [loop, '[1, [Circular]]'],
])('%# is written as %s', (value, text) => {
  expect(describeValue(value)).toBe(text)
})

test('hostile objects have texts too', () => {
  expect(describeValue(trap)).toBe('{a: 1, b: [unreadable]}')
  expect(describeValue([revoked, 1])).toBe('[[unreadable], 1]')
})

test('texts are short, of one line, and nothing throws', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withObjectString: true,
    withBoxedValues: true,
    stringUnit: 'binary',
  })
  fc.assert(
    fc.property(anything, fc.nat(60), (value, maxLength) => {
      const text = describeValue(value, maxLength)
      expect(text.length).toBeLessThanOrEqual(maxLength)
      expect(text).not.toMatch(/[\n\r\u2028\u2029]/)
    }),
  )
})

test('long values are cut without reading all of them', () => {
  expect(describeValue('x'.repeat(1000), 10)).toBe('"xxxxxxxx…')
  let reads = 0
  const item = {
    get a() {
      reads += 1
      return 'abc'
    },
  }
  expect(describeValue(new Array(1000).fill(item), 30)).toBe('[{a: "abc"}, {a: "abc"}, {a: …')
  expect(reads).toBeLessThan(10)
})

test('a surrogate pair is kept or dropped as a whole', () => {
  expect(cut('ab😀cd', 4)).toBe('ab…')
  expect(cut('ab😀cd', 5)).toBe('ab😀…')
})
