import type { Json, JsonObject } from '#engine/model/json.ts'
import type { Operator } from '#engine/operator/operator.ts'
import type { Param } from '#engine/operator/param.ts'
import { readSeconds } from '#ui/print/duration.ts'

/** Characters of a function's source on a node; the style sheet cuts what is still too wide. */
const MAX_SOURCE = 60

/** One piece of the line; code is drawn as code. */
export interface SummaryPart {
  readonly text: string
  readonly code: boolean
}

interface Part extends SummaryPart {
  /** Small first: durations say most about a node, then its function. */
  readonly rank: number
}

/** The parameters that tell a node from another one, in one line: `window 30 s / slide 10 s`, `(a, b) => a + b`. */
export function summarize(operator: Operator, params: JsonObject): readonly SummaryPart[] {
  const parts: Part[] = []
  for (const [name, param] of Object.entries(operator.params)) {
    const value = params[name]
    if (value === undefined || value === null) continue
    const part = summarizeParam(name, param, value)
    if (part !== undefined) parts.push(part)
  }
  const durations = parts.filter((part) => part.rank === 0).map((part) => part.text)
  const others = parts.filter((part) => part.rank > 0).sort((a, b) => a.rank - b.rank)
  const first = durations.length === 0 ? [] : [{ text: durations.join(' / '), code: false }]
  return [...first, ...others.slice(0, 2).map(({ text, code }) => ({ text, code }))]
}

function summarizeParam(name: string, { spec, fallback }: Param, value: Json): Part | undefined {
  // A duration is worth its place even among the advanced parameters; the rest of them is not.
  if (spec.kind !== 'duration' && spec.advanced === true) return undefined
  switch (spec.kind) {
    case 'duration':
      return typeof value === 'number'
        ? { rank: 0, text: `${shortName(name)} ${readSeconds(value) ?? `${value} ms`}`, code: false }
        : undefined
    case 'function':
      return typeof value === 'string' ? { rank: 1, text: shortSource(value), code: true } : undefined
    case 'choice': {
      const option = spec.options.find((each) => each.value === value)
      return { rank: value === fallback ? 4 : 2, text: option?.label ?? String(value), code: false }
    }
    case 'url':
    case 'text':
      return typeof value === 'string' && value !== '' ? { rank: 2, text: value, code: false } : undefined
    case 'integer':
    case 'number':
      return value === fallback ? undefined : { rank: 3, text: `${spec.label} ${String(value)}`, code: false }
    case 'flag':
      return value === true && fallback !== true ? { rank: 3, text: spec.label, code: false } : undefined
    case 'json':
      return Array.isArray(value) ? { rank: 2, text: shortSource(JSON.stringify(value)), code: true } : undefined
  }
}

/** `windowMs` → `window`, `slideMs` → `slide`: Spark's own words for them. */
function shortName(param: string): string {
  return param.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Source on one line, cut after MAX_SOURCE characters. */
export function shortSource(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim()
  return line.length > MAX_SOURCE ? `${line.slice(0, MAX_SOURCE - 1).trimEnd()}…` : line
}
