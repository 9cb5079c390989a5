import { describe, expect, it } from 'vitest'
import { markFunction, offsetOf } from './function-marks.ts'
import {
  parseDurationDraft,
  parseIntegerDraft,
  parseJsonDraft,
  parseNumberDraft,
  parseTextDraft,
  printJsonDraft,
  printPlainDraft,
} from './param-drafts.ts'

describe('parseDurationDraft', () => {
  it.each([
    ['30000', 30_000],
    ['30 000', 30_000],
    ['30 s', 30_000],
    ['1.5min', 90_000],
    ['250ms', 250],
    ['2 h', 7_200_000],
  ])('%s is %d ms', (text, ms) => expect(parseDurationDraft(text, true)).toEqual({ ok: true, value: ms }))
  it.each(['', 'soon', '1.5', '-1', '3 weeks', '0.0001 s'])('%o is no duration', (text) =>
    expect(parseDurationDraft(text, true)).toEqual({
      ok: false,
      error: { kind: 'word', id: 'inspector.draft.duration' },
    }),
  )
  it('may be left out', () => expect(parseDurationDraft(' ', false)).toEqual({ ok: true, value: undefined }))
})

describe('numbers', () => {
  it('keep their kind', () => {
    expect(parseIntegerDraft('12', true)).toMatchObject({ value: 12 })
    expect(parseIntegerDraft('1.5', true).ok).toBe(false)
    expect(parseNumberDraft('1.5', true)).toMatchObject({ value: 1.5 })
    expect(parseNumberDraft('1.5x', true).ok).toBe(false)
    expect(parseNumberDraft('', false)).toMatchObject({ ok: true, value: undefined })
  })
})

it('an empty text leaves out what is optional only', () => {
  expect(parseTextDraft('', false)).toMatchObject({ value: undefined })
  expect(parseTextDraft('', true)).toMatchObject({ value: '' })
})

describe('JSON drafts', () => {
  it('say where they stop being JSON', () => {
    const draft = parseJsonDraft('[1,\n 2,,]', true)
    expect(draft).toMatchObject({ ok: false, error: { kind: 'text' } })
    expect(!draft.ok && draft.error.kind === 'text' && draft.error.text).toMatch(/^Line 2, column 4/)
  })
  it('print short values on one line and lists element by element', () => {
    expect(printJsonDraft([['a', 1], null])).toBe('[["a",1],null]')
    const long = ['x'.repeat(40), 'y'.repeat(40)]
    expect(printJsonDraft(long)).toBe(`[\n  "${long[0]}",\n  "${long[1]}"\n]`)
    expect(JSON.parse(printJsonDraft(long))).toEqual(long)
  })
  it('print what is no text as it stands', () =>
    expect([undefined, 3, 'a', true].map(printPlainDraft)).toEqual(['', '3', 'a', 'true']))
})

describe('markFunction', () => {
  const source = 'line =>\n  line.split(" ")'
  it('finds line and column', () => {
    expect(source.slice(offsetOf(source, 2, 8))).toBe('split(" ")')
    expect(offsetOf(source, 9, 99)).toBe(source.length)
  })
  it('marks spans, whole sources and words that failed, once each', () => {
    const failure = { message: 'line.split is not a function', line: 2, column: 8 }
    const where = { code: 'c', severity: 'error', node: 'n', param: 'fn' } as const
    expect(
      markFunction(
        source,
        [
          { ...where, message: 'a', span: { from: 0, to: 4 } },
          { ...where, message: 'b' },
        ],
        [failure, failure],
      ),
    ).toEqual([
      { from: 0, to: 4, severity: 'error', message: 'a' },
      { from: 0, to: source.length, severity: 'error', message: 'b' },
      { from: 15, to: 20, severity: 'error', message: failure.message },
    ])
  })
})
