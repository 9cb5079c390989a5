import { describe, expect, it } from 'vitest'
import { isNumeric, layRecords, readField } from './record-columns.ts'

describe('layRecords', () => {
  it('sets keys apart from values', () =>
    expect(
      layRecords([
        ['a', 1],
        [2, null],
      ]),
    ).toEqual({ kind: 'pairs' }))
  it('gives each field of the objects a column, in order of appearance', () =>
    expect(
      layRecords([
        { user: 'ann', page: '/' },
        { page: '/b', ms: 3 },
      ]),
    ).toEqual({
      kind: 'fields',
      names: ['user', 'page', 'ms'],
    }))
  it.each([
    ['nothing', []],
    ['words', ['a', 'b']],
    ['a mixture', [['a', 1], 'b']],
    ['dates', [new Date(0)]],
    ['empty objects', [{}]],
    ['wide objects', [Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`f${i}`, i]))]],
  ])('puts %s into one column', (_, values) => expect(layRecords(values)).toEqual({ kind: 'value' }))
})

it('tells an absent field from an undefined one and reads own fields only', () => {
  expect(readField({ a: undefined }, 'a')).toEqual({ value: undefined })
  expect(readField({ a: 1 }, 'b')).toBe('absent')
  expect(readField({}, 'toString')).toBe('absent')
})

it('knows columns of figures', () => {
  expect(isNumeric([1, 2n])).toBe(true)
  expect(isNumeric([1, '2'])).toBe(false)
  expect(isNumeric([])).toBe(false)
})
