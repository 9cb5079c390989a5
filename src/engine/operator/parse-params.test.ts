import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#engine/model/json.ts'
import type { Param, Params } from './param.ts'
import {
  choiceParam,
  durationParam,
  flagParam,
  functionParam,
  integerParam,
  jsonParam,
  numberParam,
  optionalDurationParam,
  optionalFunctionParam,
  optionalJsonParam,
  textParam,
  urlParam,
} from './params.ts'
import { initialParams, parseParams } from './parse-params.ts'

const text = { label: 'Label', help: 'Help.' }

function diagnosticsOf(params: Params, raw: JsonObject) {
  const parsed = parseParams(params, 'n', raw)
  return parsed.ok ? parsed.value.warnings : parsed.error
}

describe('a value of each kind', () => {
  const any: Record<string, Param> = {
    fn: functionParam({ ...text, signature: '(record) => record' }),
    duration: durationParam(text),
    integer: integerParam({ ...text, min: 1, max: 10, fallback: 1 }),
    number: numberParam({ ...text, min: 0, max: 1, fallback: 0 }),
    text: textParam({ ...text, maxLength: 5 }),
    choice: choiceParam({
      ...text,
      options: [
        { value: 'lines', label: 'Lines' },
        { value: 'message', label: 'Message' },
      ],
      fallback: 'lines',
    }),
    flag: flagParam({ ...text, fallback: false }),
    batches: jsonParam({ ...text, shape: 'batches' }),
    batch: jsonParam({ ...text, shape: 'batch' }),
    records: jsonParam({ ...text, shape: 'records' }),
    pairs: jsonParam({ ...text, shape: 'pairs' }),
    texts: jsonParam({ ...text, shape: 'texts' }),
    url: urlParam({ ...text, schemes: ['wss', 'ws'] }),
  }
  const only = (name: string): Params => ({ [name]: any[name] ?? textParam({ ...text, maxLength: 0 }) })

  test.each<[string, Json]>([
    ['fn', 'x => x'],
    ['duration', 1],
    ['duration', 86_400_000],
    ['integer', 10],
    ['number', 0.5],
    ['text', 'abcde'],
    ['choice', 'message'],
    ['flag', false],
    ['batches', [[1], null, []]],
    ['batches', []],
    ['batch', null],
    ['batch', [1]],
    ['records', [null, 1, 'a', { a: 1 }]],
    ['pairs', [['a', 1]]],
    ['texts', ['a']],
    ['url', 'wss://example.org/feed?x=1'],
    ['url', 'ws://localhost:8080'],
    ['url', 'ws://[::1]:8080/x'],
  ])('%s accepts %j', (name, value) => {
    const parsed = parseParams(only(name), 'n', { [name]: value })
    expect(parsed).toMatchObject({ ok: true, value: { values: { [name]: value } } })
  })

  test.each<[string, Json, string]>([
    ['fn', 3, 'param/not-a-function'],
    ['fn', 'x =>', 'function/syntax'],
    ['duration', 0, 'param/not-a-duration'],
    ['duration', 1.5, 'param/not-a-duration'],
    ['duration', '1000', 'param/not-a-duration'],
    ['duration', null, 'param/not-a-duration'],
    ['integer', 2.5, 'param/not-an-integer'],
    ['integer', 0, 'param/out-of-range'],
    ['integer', 11, 'param/out-of-range'],
    ['number', 'a', 'param/not-a-number'],
    ['number', 2, 'param/out-of-range'],
    ['text', 1, 'param/not-text'],
    ['text', 'abcdef', 'param/too-long'],
    ['choice', 'line', 'param/not-a-choice'],
    ['choice', 1, 'param/not-a-choice'],
    ['flag', 'true', 'param/not-a-flag'],
    ['batches', [1], 'param/not-batches'],
    ['batches', {}, 'param/not-batches'],
    ['batch', 'a', 'param/not-batch'],
    ['records', null, 'param/not-records'],
    ['pairs', [['a']], 'param/not-pairs'],
    ['texts', [1], 'param/not-texts'],
    ['url', 'https://example.org', 'param/not-a-url'],
    ['url', 'wss://', 'param/not-a-url'],
    ['url', 'wss://bank.example@other.example/', 'param/not-a-url'],
    ['url', 'javascript:alert(1)', 'param/not-a-url'],
    ['url', 'wss:///path', 'param/not-a-url'],
    ['url', 'wss://a b', 'param/not-a-url'],
  ])('%s refuses %j with %s', (name, value, code) => {
    const [first, ...rest] = diagnosticsOf(only(name), { [name]: value })
    expect(first).toMatchObject({ code, severity: 'error', node: 'n', param: name })
    expect(first?.hint).toBeTruthy()
    expect(rest).toEqual([])
  })

  test('offers the value that was probably meant', () => {
    const fixOf = (name: string, value: Json) => diagnosticsOf(only(name), { [name]: value })[0]?.fixes?.[0]?.value
    expect(fixOf('duration', '1000')).toBe(1000)
    expect(fixOf('duration', 0.2)).toBe(1)
    expect(fixOf('integer', 99)).toBe(10)
    expect(fixOf('integer', 2.6)).toBe(3)
    expect(fixOf('choice', 'Lines')).toBe('lines')
    expect(fixOf('duration', 'soon')).toBeUndefined()
  })
})

describe('a node', () => {
  const params = {
    windowMs: durationParam({ ...text, initial: 3000 }),
    slideMs: optionalDurationParam(text),
    inverse: optionalFunctionParam({ ...text, signature: '(a, b) => value' }),
    limit: integerParam({ ...text, min: 1, max: 9, fallback: 5 }),
    initial: optionalJsonParam<readonly (readonly [Json, Json])[]>({ ...text, shape: 'pairs' }),
  }

  test('gets fallbacks, and undefined where there is none', () => {
    expect(parseParams(params, 'n', { windowMs: 1000 })).toEqual({
      ok: true,
      value: {
        values: { windowMs: 1000, slideMs: undefined, inverse: undefined, limit: 5, initial: undefined },
        functions: {},
        warnings: [],
      },
    })
  })

  test('takes null for left out, except where null is a value', () => {
    const parsed = parseParams(params, 'n', { windowMs: 1000, slideMs: null, inverse: null, limit: null })
    expect(parsed).toMatchObject({ ok: true, value: { values: { limit: 5 }, functions: {} } })
    expect(diagnosticsOf(params, { windowMs: 1000, initial: null })).toMatchObject([{ code: 'param/not-pairs' }])
  })

  test('lists the functions that are present', () => {
    const parsed = parseParams(params, 'n', { windowMs: 1000, inverse: '(a, b) => a - b' })
    expect(parsed).toMatchObject({ ok: true, value: { functions: { inverse: '(a, b) => a - b' } } })
  })

  test('hears of everything that is wrong at once', () => {
    const diagnostics = diagnosticsOf(params, { slideMs: 0, limit: 10, windoMs: 1 })
    expect(diagnostics.map(({ code, param }) => [code, param])).toEqual([
      ['param/unknown', undefined],
      ['param/missing', 'windowMs'],
      ['param/not-a-duration', 'slideMs'],
      ['param/out-of-range', 'limit'],
    ])
  })

  test('is offered the initial value of what is missing', () => {
    expect(diagnosticsOf(params, {})[0]).toMatchObject({ fixes: [{ param: 'windowMs', value: 3000 }] })
  })

  test('is warned of unknown parameters, with the nearest known name', () => {
    const parsed = parseParams(params, 'n', { windowMs: 1000, slideMS: 1000, colour: 'red' })
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        warnings: [
          { code: 'param/unknown', severity: 'warning', node: 'n', hint: 'Did you mean slideMs?' },
          { code: 'param/unknown', hint: 'It knows: windowMs, slideMs, inverse, limit, initial.' },
        ],
      },
    })
  })

  test('is not fooled by names that every object has', () => {
    const raw: unknown = JSON.parse('{"windowMs": 1, "constructor": 1, "__proto__": {"limit": 2}}')
    // JSON text gives JSON.
    const parsed = parseParams(params, 'n', raw as JsonObject)
    expect(parsed).toMatchObject({ ok: true, value: { values: { limit: 5 } } })
    expect(parsed.ok && parsed.value.warnings).toHaveLength(2)
  })

  test('starts with the initial values', () => {
    expect(initialParams(params)).toEqual({ windowMs: 3000 })
  })
})
