import { describe, expect, it } from 'vitest'
import { printCell, printRow, printValue } from './record.ts'

describe('printValue', () => {
  it.each([
    ['a"b', '"a\\"b"'],
    [12n, '12n'],
    [-0, '-0'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [new Date(0), 'Date(1970-01-01T00:00:00.000Z)'],
    [new Date(Number.NaN), 'Date(Invalid Date)'],
    [['a', [1, undefined]], '["a",[1,undefined]]'],
    [{ a: 1, 'b c': [true] }, '{"a":1,"b c":[true]}'],
  ])('%o is %s', (value, text) => expect(printValue(value)).toBe(text))
})

describe('printCell', () => {
  it('leaves plain words without quotes', () => expect(printCell('the')).toBe('the'))
  it.each(['', '12', 'null', ' x', '[1]', 'a\u202eb'])('quotes %o, which could be taken for something else', (text) =>
    expect(printCell(text)).toBe(JSON.stringify(text)),
  )
  it('keeps markup as text', () => expect(printCell('<img onerror=1>')).toBe('<img onerror=1>'))
})

describe('printRow', () => {
  it.each([
    [['the', 12], '(the,12)'],
    [['a', [1, 'x']], '(a,[1,"x"])'],
    [[[1, 'a'], null], '([1,"a"],null)'],
    ['line of text', 'line of text'],
    [[1, 2, 3], '[1,2,3]'],
    [{ n: 1n }, '{"n":1n}'],
    [7n, '7'],
  ])('%o prints as %s', (value, text) => expect(printRow(value)).toBe(text))
})
