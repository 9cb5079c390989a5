import { describe, expect, it } from 'vitest'
import { printCell } from './cell.ts'

describe('printCell', () => {
  it('leaves plain words without quotes', () => expect(printCell('the')).toBe('the'))
  it.each(['', '12', 'null', ' x', '[1]', 'a\u202eb'])('quotes %o, which could be taken for something else', (text) =>
    expect(printCell(text)).toBe(JSON.stringify(text)),
  )
  it('keeps markup as text', () => expect(printCell('<img onerror=1>')).toBe('<img onerror=1>'))
})
