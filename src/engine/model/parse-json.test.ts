import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FORBIDDEN_KEYS } from './json.ts'
import { findJsonMistake } from './json-mistake.ts'
import { MAX_DEPTH, MAX_DOCUMENT_BYTES } from './limits.ts'
import { parseJson, parseJsonText, utf8Bytes } from './parse-json.ts'

function firstProblem(text: string): string {
  const result = parseJsonText(text)
  return result.ok ? 'none' : `${result.error[0]?.code} ${result.error[0]?.message}`
}

describe('parseJsonText', () => {
  test('reads any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2)
        fc.pre(![...FORBIDDEN_KEYS].some((key) => text.includes(JSON.stringify(key))))
        expect(parseJsonText(text)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  test.each([
    ['{"a": 1,\n  "b": }', 'Line 2, column 8: expected a value, but found "}".'],
    ['{"a": 1 "b": 2}', 'Line 1, column 9: expected a comma or }, but found "\\"".'],
    ['[1, 2,]', 'Line 1, column 6: a comma may not stand before ].'],
    ["{'a': 1}", 'Line 1, column 2: expected a key in double quotes, but found "\'".'],
    ['{"a": \'b\'}', 'Line 1, column 7: a text stands in double quotes.'],
    ['{a: 1}', 'Line 1, column 2: expected a key in double quotes, but found "a".'],
    ['{"a": undefined}', 'Line 1, column 7: undefined is not a JSON value; a text stands in double quotes.'],
    ['{"a": "b\n"}', 'Line 1, column 7: this text has no closing quote on its line.'],
    ['{"a": "\\x"}', 'Line 1, column 8: after a backslash only " \\ / b f n r t or u and four digits may follow.'],
    ['{"a": [1, {"b": 2}', 'Line 1, column 19: expected a comma or ], but found the end of the text.'],
    ['{} {}', 'Line 1, column 4: expected nothing after the value, but found "{".'],
    ['01', 'Line 1, column 2: expected nothing after the value, but found "1".'],
    ['', 'Line 1, column 1: there is no JSON here.'],
  ])('says where %j stops being JSON', (text, message) => {
    expect(firstProblem(text)).toBe(`json/syntax ${message}`)
  })

  test('the mistake that is found lies inside the text, and a text that is JSON has none', () => {
    const nearlyJson = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '{', ']', ':', '\\', '\n', 'x', '1', '-'))
      .map(([text, at, inserted]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + inserted + text.slice(place + 1)
      })
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const mistake = findJsonMistake(text, 1000)
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        expect(mistake.message === 'this text cannot be read as JSON.').toBe(isJson)
        expect(mistake.at).toBeGreaterThanOrEqual(0)
        expect(mistake.at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  test('a byte order mark is passed over', () => {
    expect(parseJsonText('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } })
  })

  test.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s with its path', (key) => {
    const result = parseJsonText(`{"nodes": [{}, {"params": {"${key}": {"polluted": true}}}]}`)
    expect(result).toMatchObject({
      ok: false,
      error: [{ code: 'json/forbidden-key', path: ['nodes', 1, 'params', key] }],
    })
  })

  test('refuses text above the limit, counted in bytes', () => {
    const text = JSON.stringify('é'.repeat(MAX_DOCUMENT_BYTES / 2))
    expect(text.length).toBeLessThan(MAX_DOCUMENT_BYTES)
    expect(firstProblem(text)).toBe('json/too-large This takes more than 2048 KiB, which is the most that is allowed.')
    expect(firstProblem(JSON.stringify('e'.repeat(MAX_DOCUMENT_BYTES / 2)))).toBe('none')
  })

  test('refuses deep nesting, however deep', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(firstProblem(nested(MAX_DEPTH))).toBe('none')
    expect(firstProblem(nested(MAX_DEPTH + 1))).toBe('json/too-deep This is nested more than 64 levels deep.')
    expect(firstProblem(nested(500_000))).toMatch(/too-deep|nested more than/)
    expect(firstProblem('['.repeat(500_000))).toBe(
      'json/syntax Line 1, column 66: this is nested more than 64 levels deep.',
    )
  })
})

describe('parseJson', () => {
  test.each([
    ['a date', { at: new Date(0) }, 'json/not-json'],
    ['a function', { at: () => 1 }, 'json/not-json'],
    ['undefined in an array', { at: [undefined] }, 'json/not-json'],
    ['NaN', { at: Number.NaN }, 'json/not-json'],
    ['a bigint', { at: 1n }, 'json/not-json'],
    [
      'a getter that throws',
      {
        get at() {
          throw new Error('no')
        },
      },
      'json/unreadable',
    ],
  ])('refuses %s', (_name, input, code) => {
    expect(parseJson(input)).toMatchObject({ ok: false, error: [{ code }] })
  })

  test('refuses a cycle, and references shared so often that a copy would fill the memory', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(parseJson(cycle)).toMatchObject({ ok: false, error: [{ code: 'json/too-deep' }] })
    let shared: unknown = [1]
    for (let i = 0; i < 50; i++) shared = [shared, shared]
    expect(parseJson(shared)).toMatchObject({ ok: false, error: [{ code: 'json/too-large' }] })
    expect(parseJson(new Array(4e9))).toMatchObject({ ok: false, error: [{ code: 'json/too-large' }] })
  })

  test('leaves out keys that are undefined, and signs of zero', () => {
    expect(parseJson({ a: undefined, b: -0 })).toStrictEqual({ ok: true, value: { b: 0 } })
  })

  test('copies, so that nothing is shared with the input', () => {
    const input = { a: [1] }
    const result = parseJson(input)
    input.a.push(2)
    expect(result).toEqual({ ok: true, value: { a: [1] } })
  })
})

test('utf8Bytes counts as an encoder does', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\u007f', '\u0080', '\u07ff', '\u0800', '\uffff', '😀') }),
      (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length)
      },
    ),
  )
})
