// Text that a person types into a field ↔ the JSON value of the parameter. Only what cannot be a value at all is refused
// here; whether a value is a good one is said by the operator's own checks.
import type { Json } from '#engine/model/json.ts'
import { parseJsonText } from '#engine/model/parse-json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { WordId } from '#ui/words/catalogue.ts'

/** Why a text is no value: in words of the catalogue, or in those of the JSON parser. */
export type DraftError =
  | { readonly kind: 'word'; readonly id: WordId }
  | { readonly kind: 'text'; readonly text: string }

/** `undefined` stands for a parameter that is left out. */
export type Draft = Result<Json | undefined, DraftError>

const refuse = (id: WordId): Draft => err({ kind: 'word', id })

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, min: 60_000, h: 3_600_000 }

/** `30000`, and also `30 s`, `1.5 min`: a duration in ms. */
export function parseDurationDraft(text: string, required: boolean): Draft {
  const trimmed = text.trim()
  if (trimmed === '') return required ? refuse('inspector.draft.duration') : ok(undefined)
  const match = /^(\d[\d\s_]*(?:\.\d+)?)\s*(ms|s|sec|min|h)?$/.exec(trimmed)
  const ms = Number(match?.[1]?.replace(/[\s_]/g, '')) * (unitMs[match?.[2] ?? 'ms'] ?? Number.NaN)
  return Number.isSafeInteger(ms) ? ok(ms) : refuse('inspector.draft.duration')
}

export function parseIntegerDraft(text: string, required: boolean): Draft {
  const trimmed = text.trim()
  if (trimmed === '') return required ? refuse('inspector.draft.integer') : ok(undefined)
  const value = Number(trimmed)
  return Number.isSafeInteger(value) ? ok(value) : refuse('inspector.draft.integer')
}

export function parseNumberDraft(text: string, required: boolean): Draft {
  const trimmed = text.trim()
  if (trimmed === '') return required ? refuse('inspector.draft.number') : ok(undefined)
  const value = Number(trimmed)
  return Number.isFinite(value) ? ok(value) : refuse('inspector.draft.number')
}

/** Any text is a value; none at all leaves an optional parameter out. */
export function parseTextDraft(text: string, required: boolean): Draft {
  return text === '' && !required ? ok(undefined) : ok(text)
}

export function parseJsonDraft(text: string, required: boolean): Draft {
  if (text.trim() === '' && !required) return ok(undefined)
  const parsed = parseJsonText(text)
  return parsed.ok ? parsed : err({ kind: 'text', text: parsed.error[0]?.message ?? '' })
}

export function printPlainDraft(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const LINE_LENGTH = 60

/** JSON with one element of the outermost list a line, unless all of it fits on one. */
export function printJsonDraft(value: Json | undefined): string {
  if (value === undefined) return ''
  const short = JSON.stringify(value)
  if (short.length <= LINE_LENGTH || !Array.isArray(value)) {
    return short.length <= LINE_LENGTH ? short : JSON.stringify(value, undefined, 2)
  }
  return `[\n${value.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]`
}
