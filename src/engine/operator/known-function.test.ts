import { expect, test } from 'vitest'
import { findKnownFunction } from './known-function.ts'

test.each([
  ['(a, b) => a + b', 'sum'],
  ['(x, y) => y + x', 'sum'],
  ['((sum, n) => { return (sum + (n)) })', 'sum'],
  ['(a, b) => a - b', 'difference'],
  ['(a, b) => Math.max(a, b)', 'max'],
  ['(a, b) => Math.min(b, a)', 'min'],
  ['(a, b) => a > b ? a : b', 'max'],
  ['(a, b) => (a <= b ? b : a)', 'max'],
  ['(a, b) => b < a ? b : a', 'min'],
  ['(a, b) => (b >= a) ? a : b', 'min'],
  ['([key, value]) => value !== 0', 'nonzero'],
  ['([, n]) => n != 0', 'nonzero'],
  ['([k, n]) => { return n > 0 }', 'positive'],
])('%s is known', (source, known) => {
  expect(findKnownFunction(source, [])).toBe(known)
})

test.each([
  '(a, b) => b - a',
  '(a, b) => a + a',
  '(a, b) => a + b + 0',
  '(a, b = 1) => a + b',
  '(a, ...b) => a + b',
  '(a, b, c) => a + b',
  'a => a + a',
  'async (a, b) => a + b',
  'function (a, b) { return a + b }',
  '(a, b) => { log(a); return a + b }',
  '(a, b) => Math.max(a, b, 0)',
  '(a, b) => Math.max(a, ...b)',
  '(a, b) => Math?.max(a, b)',
  "(a, b) => Math['max'](a, b)",
  '(a, b) => Math.hypot(a, b)',
  '(Math, b) => Math.max(Math, b)',
  '(a, b) => a > b ? a : a',
  '(a, b) => a == b ? a : b',
  '([key, value]) => key !== 0',
  '([key, value = 1]) => value !== 0',
  '([value, value2, c]) => value2 !== 0',
  '([key, value]) => value !== 1',
  '([key, value]) => value === 0',
  'add',
])('%s is not', (source) => {
  expect(findKnownFunction(source, [])).toBeUndefined()
})

test('a Math of the shared code may be anything', () => {
  expect(findKnownFunction('(a, b) => Math.max(a, b)', ['Math'])).toBeUndefined()
  expect(findKnownFunction('(a, b) => a + b', ['Math'])).toBe('sum')
})
