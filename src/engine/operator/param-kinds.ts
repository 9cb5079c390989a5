import { findClosestName } from '#engine/model/closest-name.ts'
import type { Diagnostic, Fix } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import { checkJson } from './json-shapes.ts'
import type { ParamKind, ParamSpec } from './param.ts'
import { extraParameters, parseFunction } from './parse-function.ts'

/** The parameter that is being read. */
export interface ParamPlace {
  readonly node: string
  readonly param: string
}

type CheckParam<S extends ParamSpec> = (spec: S, value: Json, place: ParamPlace) => readonly Diagnostic[]

/** What is wrong with a parameter's value, one entry per kind. A value without errors is the parameter's parsed value as it stands. */
const checks: { readonly [K in ParamKind]: CheckParam<Extract<ParamSpec, { kind: K }>> } = {
  function: (spec, value, place) => {
    if (typeof value !== 'string')
      return wrong('a-function', place, 'Write a function as text, e.g. "record => record".')
    const parsed = parseFunction(value, place, spec.gives)
    if (!parsed.ok) return parsed.error
    return spec.gives === undefined ? extraParameters(value, spec.signature, place) : []
  },
  duration: (_spec, value, place) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
      ? []
      : wrong(
          'a-duration',
          place,
          'Write whole milliseconds, at least 1: 1000 is one second.',
          numberFix(value, place, 1),
        ),
  integer: (spec, value, place) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      return wrong(
        'an-integer',
        place,
        `Write a whole number ${rangeOf(spec)}.`,
        numberFix(value, place, spec.min, spec.max),
      )
    return checkRange(spec, value, place)
  },
  number: (spec, value, place) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return wrong('a-number', place, `Write a number ${rangeOf(spec)}.`)
    return checkRange(spec, value, place)
  },
  text: (spec, value, place) => {
    if (typeof value !== 'string') return wrong('text', place, 'Write text, in quotes.')
    if (value.length <= spec.maxLength) return []
    const message = `${place.param} has ${value.length} characters, at most ${spec.maxLength} are allowed.`
    return [problem('param/too-long', message, { ...place, hint: 'Shorten it.' })]
  },
  choice: (spec, value, place) => {
    const values = spec.options.map((option) => option.value)
    if (typeof value === 'string' && values.includes(value)) return []
    const meant = typeof value === 'string' ? findClosestName(value, values) : undefined
    const fix = meant === undefined ? [] : [{ label: `Use ${meant}`, param: place.param, value: meant }]
    return wrong('a-choice', place, `Choose one of: ${values.join(', ')}.`, fix)
  },
  flag: (_spec, value, place) => (typeof value === 'boolean' ? [] : wrong('a-flag', place, 'Write true or false.')),
  json: (spec, value, place) => checkJson(spec.shape, value, place),
  url: (spec, value, place) => {
    const [first = ''] = spec.schemes
    const hint = `Write a whole address, e.g. ${first}://example.org/path; it begins with ${spec.schemes.map((scheme) => `${scheme}:`).join(' or ')}`
    const scheme = typeof value === 'string' ? ADDRESS.exec(value)?.[1] : undefined
    return scheme !== undefined && spec.schemes.includes(scheme.toLowerCase()) ? [] : wrong('a-url', place, hint)
  },
}

/** Scheme, host, perhaps port and the rest. A name before the host (`bank.example@other.example`) would hide where it leads. */
const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#\\:@[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i

/** Everything that is wrong or doubtful with one parameter's value. */
export function checkParam(spec: ParamSpec, value: Json, place: ParamPlace): readonly Diagnostic[] {
  // The entry is that of the spec's own kind, which the compiler cannot follow through the index.
  const check = checks[spec.kind] as CheckParam<ParamSpec>
  return check(spec, value, place)
}

const EXPECTED = {
  'a-function': 'is not a function',
  'a-duration': 'is not a duration',
  'an-integer': 'is not a whole number',
  'a-number': 'is not a number',
  text: 'is not text',
  'a-choice': 'is none of its choices',
  'a-flag': 'is neither true nor false',
  'a-url': 'is not an address that can be used here',
} as const

function wrong(
  what: keyof typeof EXPECTED,
  place: ParamPlace,
  hint: string,
  fixes: readonly Fix[] = [],
): readonly Diagnostic[] {
  const message = `${place.param} ${EXPECTED[what]}.`
  return [problem(`param/not-${what}`, message, { ...place, hint, ...(fixes.length > 0 ? { fixes } : {}) })]
}

interface Range {
  readonly min: number
  readonly max: number
}

function rangeOf({ min, max }: Range): string {
  return max >= Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
}

function checkRange(range: Range, value: number, place: ParamPlace): readonly Diagnostic[] {
  if (value >= range.min && value <= range.max) return []
  const nearest = value < range.min ? range.min : range.max
  return [
    problem('param/out-of-range', `${place.param} is ${value}, which is out of range.`, {
      ...place,
      hint: `Write a number ${rangeOf(range)}.`,
      fixes: [{ label: `Use ${nearest}`, param: place.param, value: nearest }],
    }),
  ]
}

/** The whole number that a fraction or a quoted number was near to. */
function numberFix(value: Json, place: ParamPlace, min: number, max = Number.MAX_SAFE_INTEGER): readonly Fix[] {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return []
  const nearest = Math.min(max, Math.max(min, Math.round(number)))
  return [{ label: `Use ${nearest}`, param: place.param, value: nearest }]
}
