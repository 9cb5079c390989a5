import { describe, expect, test } from 'vitest'
import { extraParameters, parseFunction, parsePrelude } from './parse-function.ts'

const codesOf = (text: string): readonly string[] => {
  const parsed = parseFunction(text)
  return parsed.ok ? [] : parsed.error.map(({ code }) => code)
}

describe('parseFunction lets through', () => {
  test.each([
    'x => x + 1',
    '(x) => ({ x })',
    'function (x) { return x }',
    'function* (line) { yield line }',
    '(x => x)',
    '((x) => x) // a remark',
    '/* before */ x => x /* after */',
    'JSON.parse',
    'makeCounter(3)',
    'flag ? (a) => a : (b) => b',
    'maybe ?? (x => x)',
    'x => { const f = async () => await x; return 1 }',
    '(a, b) => a - b\n\n',
    // No comment in a module, where the text will stand, but x < !(--y).
    'x => x <!-- y',
  ])('%s', (text) => {
    expect(codesOf(text)).toEqual([])
  })

  test('says how many parameters it can see', () => {
    const countOf = (text: string) => {
      const parsed = parseFunction(text)
      return parsed.ok ? parsed.value.parameterCount : 'refused'
    }
    expect(countOf('() => 1')).toBe(0)
    expect(countOf('([key, value]) => value')).toBe(1)
    expect(countOf('(a, b = 1) => a')).toBe(2)
    expect(countOf('(...all) => all')).toBeUndefined()
    expect(countOf('Math.max')).toBeUndefined()
  })
})

describe('parseFunction refuses', () => {
  test.each([
    ['', 'function/empty'],
    ['  \n', 'function/empty'],
    ['// nothing', 'function/syntax'],
    ['x => {', 'function/syntax'],
    ['x => x)', 'function/not-one-expression'],
    ['x => x, y => y)', 'function/not-one-expression'],
    ['a); steal(); (b', 'function/not-one-expression'],
    ['x => x; y => y', 'function/not-one-expression'],
    ['x => x;', 'function/not-one-expression'],
    ['x => x } , { y', 'function/not-one-expression'],
    ['x => x /*', 'function/syntax'],
    ['x => x, y => y', 'function/not-a-function'],
    ['return 1', 'function/syntax'],
    ['#!shebang\nx => x', 'function/syntax'],
    ['x => import("https://example.org/x.js")', 'function/import'],
    ['[x => x, import("y")][0]', 'function/import'],
    ['pick(import("y"))', 'function/import'],
    ['x => import.meta.url', 'function/import'],
    ['await start()', 'function/await'],
    ['(await start()) ?? (x => x)', 'function/await'],
    ['async x => x', 'function/async'],
    ['async function (x) { await x }', 'function/async'],
    ['1', 'function/not-a-function'],
    ['"text"', 'function/not-a-function'],
    ['{ a: 1 }', 'function/not-a-function'],
    ['a + b', 'function/not-a-function'],
    ['class { }', 'function/not-a-function'],
    ['f = x => x', 'function/not-a-function'],
    ['super.x', 'function/syntax'],
    ['new.target', 'function/syntax'],
    ['with (x) y', 'function/syntax'],
    ['x => { yield x }', 'function/syntax'],
  ])('%j with %s', (text, code) => {
    expect(codesOf(text)).toContain(code)
  })

  test('a function that is too long', () => {
    expect(codesOf(`x => "${'a'.repeat(70_000)}"`)).toEqual(['function/too-long'])
  })

  test('and says where, in the text and in words', () => {
    const parsed = parseFunction('(a) =>\n  a +', { node: 'sum', param: 'fn' })
    expect(parsed).toMatchObject({ ok: false, error: [{ node: 'sum', param: 'fn', span: { from: 12 } }] })
    expect(!parsed.ok && parsed.error[0]?.message).toContain('line 2, column 6')
  })

  test('marks the import itself', () => {
    const text = 'x => import("y")'
    const parsed = parseFunction(text)
    const span = !parsed.ok ? parsed.error[0]?.span : undefined
    expect(text.slice(span?.from, span?.to)).toBe('import("y")')
  })

  test('and offers to drop a semicolon at the end', () => {
    const parsed = parseFunction('x => x ; ', { node: 'm', param: 'fn' })
    expect(parsed).toMatchObject({ ok: false, error: [{ fixes: [{ param: 'fn', value: 'x => x' }] }] })
  })
})

describe('extraParameters', () => {
  test('warns of parameters that never get a value', () => {
    expect(extraParameters('(key, value) => value', '(record) => record')).toMatchObject([
      { code: 'function/too-many-parameters', severity: 'warning', hint: expect.stringContaining('([key, value])') },
    ])
    expect(extraParameters('(a, b, c) => a', '(a, b) => value')).toHaveLength(1)
  })

  test('accepts fewer parameters, rest parameters and functions by name', () => {
    for (const text of ['() => 1', 'a => a', '(a, b) => a', '(...all) => all', 'Math.max']) {
      expect(extraParameters(text, '(a, b) => value')).toEqual([])
    }
  })

  test('has nothing to say about a signature with several forms', () => {
    expect(extraParameters('(a, b, c) => a', '(a) => b | (a, b) => c')).toEqual([])
  })
})

describe('parsePrelude', () => {
  test('lists what the shared code declares', () => {
    const text = `
      const LIMIT = 3, { a, b: [c], ...rest } = { a: 1, b: [2] };
      let state = new Map(); state.set('a', 1);
      function f() { const hidden = 1; return hidden }
      class Tree {}
    `
    const parsed = parsePrelude(text)
    expect(parsed).toMatchObject({ ok: true, value: { names: ['LIMIT', 'a', 'c', 'rest', 'state', 'f', 'Tree'] } })
  })

  test('accepts empty shared code', () => {
    expect(parsePrelude('')).toEqual({ ok: true, value: { source: '', names: [] } })
  })

  test.each([
    ['import x from "y"', 'function/import'],
    ['export const x = 1', 'function/export'],
    ['export default 1', 'function/export'],
    ['export * from "y"', 'function/export'],
    ['const x = import("y")', 'function/import'],
    ['const x = () => import.meta', 'function/import'],
    ['await 1', 'function/await'],
    ['for await (const x of []) {}', 'function/await'],
    ['return 1', 'function/syntax'],
    ['}; {', 'function/syntax'],
    ['const x =', 'function/syntax'],
    ['const console = {}', 'function/reserved-name'],
    ['let acc', 'function/reserved-name'],
    ['function bc() {}', 'function/reserved-name'],
    ['const { sc } = x', 'function/reserved-name'],
  ])('refuses %j with %s', (text, code) => {
    const parsed = parsePrelude(text)
    expect(parsed).toMatchObject({ ok: false, error: [{ code, path: ['settings', 'prelude'] }] })
  })
})
