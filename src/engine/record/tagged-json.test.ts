import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeTagged, encodeTagged, parseTagged, printTagged } from './tagged-json.ts'

test.each([
  [undefined, '{"$":"undefined"}'],
  [Number.NaN, '{"$":"number","v":"NaN"}'],
  [Number.POSITIVE_INFINITY, '{"$":"number","v":"Infinity"}'],
  [Number.NEGATIVE_INFINITY, '{"$":"number","v":"-Infinity"}'],
  [-0, '{"$":"number","v":"-0"}'],
  [12n, '{"$":"bigint","v":"12"}'],
  [new Date(0), '{"$":"date","v":0}'],
  [new Date(Number.NaN), '{"$":"date","v":null}'],
  [{ $: 1, a: 2 }, '{"$":"object","v":{"$":1,"a":2}}'],
  [{ $: { $: 'date' } }, '{"$":"object","v":{"$":{"$":"object","v":{"$":"date"}}}}'],
  [['a', [undefined, null]], '["a",[{"$":"undefined"},null]]'],
  [{ constructor: { v: -1 } }, '{"constructor":{"v":-1}}'],
  [{ $$: 1, a: { b: -0 } }, '{"$$":1,"a":{"b":{"$":"number","v":"-0"}}}'],
])('%o is written as %s and read back', (value, text) => {
  expect(printTagged(value)).toBe(text)
  expect(parseTagged(text)).toEqual({ ok: true, value })
})

test('any record survives the round trip, through values and through text', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('$', 'v', '__proto__'))
  const records = fc.anything({ key, withBigInt: true, withDate: true, maxDepth: 4 })
  fc.assert(
    fc.property(records, (value) => {
      expect(decodeTagged(encodeTagged(value))).toStrictEqual(value)
      expect(decodeTagged(JSON.parse(printTagged(value)))).toStrictEqual(value)
    }),
  )
})

test('a key named __proto__ stays a key', () => {
  const text = '{"__proto__":{"polluted":true},"a":[{"$":"object","v":{"$":1,"__proto__":2}}]}'
  const parsed = parseTagged(text)
  const value = parsed.ok ? parsed.value : undefined
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(Object.hasOwn(value as object, '__proto__')).toBe(true)
  expect((value as { polluted?: boolean }).polluted).toBeUndefined()
  expect(printTagged(value)).toBe(text)
})

test.each([
  ['{', 'This is not JSON: '],
  ['[{"$":"set"}]', 'The part [0] of the value has a key "$" that is no known tag'],
  ['{"a":{"$":"number","v":"1"}}', 'The part a of the value is tagged "number"'],
  ['{"$":"bigint","v":"1.5"}', 'The value is tagged "bigint"'],
  ['{"$":"date","v":1e16}', 'The value is tagged "date"'],
  ['{"$":"object","v":[]}', 'The value is tagged "object"'],
  ['{"$":"undefined"', 'This is not JSON: '],
  [`${'['.repeat(500)}${']'.repeat(500)}`, 'nests more than 100 levels deep'],
])('bad text %# is refused', (text, message) => {
  const parsed = parseTagged(text)
  expect(parsed.ok ? '' : parsed.error).toContain(message)
})

test('foreign values are refused with their place', () => {
  expect(() => printTagged(['a', { b: () => 1 }])).toThrow('The part [1].b of the value is a function, which no record')
  expect(() => encodeTagged(new Map())).toThrow('The value is a Map, which no record may hold.')
  const loop: unknown[] = []
  loop.push(loop)
  expect(() => encodeTagged(loop)).toThrow('contains itself')
})
