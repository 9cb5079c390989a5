import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packColumn, packPairs, transferablesOf, unpackColumn, unpackPairs } from './columns.ts'

const numbers = fc.array(fc.double())
const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\n', 'a\nb', '\ud800', '\udc00x')))
const anything = fc.array(fc.anything({ withBigInt: true, withDate: true }))

/** What a port does to a message, buffers moved. */
function send<T>(message: T, transfer: ArrayBuffer[]): T {
  return structuredClone(message, { transfer })
}

test('a column gives back exactly what was packed, before and after a port', () => {
  fc.assert(
    fc.property(fc.oneof(numbers, texts, anything), (values) => {
      const column = packColumn(values)
      expect(unpackColumn(column)).toStrictEqual(values)
      expect(unpackColumn(send(column, transferablesOf(column)))).toStrictEqual(values)
    }),
  )
})

test('numbers and text travel as columns, mixtures as they are', () => {
  expect(packColumn([1, -0, Number.NaN])).toEqual({ kind: 'numbers', values: new Float64Array([1, -0, Number.NaN]) })
  expect(packColumn(['ab', '', 'c\n'])).toEqual({ kind: 'text', joined: 'abc\n', lengths: new Uint32Array([2, 0, 2]) })
  expect(packColumn(['a', 1]).kind).toBe('raw')
  expect(packColumn([1, undefined]).kind).toBe('raw')
  expect(packColumn([]).kind).toBe('raw')
})

test('pairs travel as two columns', () => {
  const pairs = packPairs([
    ['a', 1],
    ['b', 2],
  ])
  expect([pairs?.keys.kind, pairs?.values.kind]).toEqual(['text', 'numbers'])
  expect(pairs === undefined ? 0 : transferablesOf(pairs.keys, pairs.values)).toHaveLength(2)
})

test('pairs give back exactly what was packed, before and after a port; what is no pair is not packed', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.anything({ withBigInt: true, withDate: true }))
  const pair = fc.tuple(fc.oneof(fc.string(), fc.integer(), value), value)
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const packed = packPairs(pairs) ?? expect.unreachable('all of them are pairs')
      expect(unpackPairs(packed)).toStrictEqual(pairs)
      expect(unpackPairs(send(packed, transferablesOf(packed.keys, packed.values)))).toStrictEqual(pairs)
    }),
  )
  for (const other of [[1, 2, 3], [1], 'ab', null, { 0: 1, 1: 2, length: 2 }])
    expect(packPairs([['a', 1], other])).toBeUndefined()
})
