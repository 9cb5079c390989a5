import { describe, expect, it } from 'vitest'
import { printRow, printValue } from './print-record.ts'

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
