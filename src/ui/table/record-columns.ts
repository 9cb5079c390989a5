import { isPair } from '#engine/record/print-record.ts'

/** How a table of records is laid out: a pair's key and value apart, an object's fields apart, anything else in one cell. */
export type RecordLayout =
  | { readonly kind: 'pairs' }
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'value' }

/** More fields than this are easier to read as one text. */
const MAX_FIELDS = 12

/** The layout that fits all of `values`. */
export function layRecords(values: readonly unknown[]): RecordLayout {
  if (values.length === 0) return { kind: 'value' }
  if (values.every(isPair)) return { kind: 'pairs' }
  if (!values.every(isPlain)) return { kind: 'value' }
  const names = [...new Set(values.flatMap((value) => Object.keys(value)))]
  return names.length > 0 && names.length <= MAX_FIELDS ? { kind: 'fields', names } : { kind: 'value' }
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** What stands in a field's cell; `absent` where the record has no such field, which is not the same as undefined. */
export function readField(value: unknown, name: string): { readonly value: unknown } | 'absent' {
  return isPlain(value) && Object.hasOwn(value, name) ? { value: value[name] } : 'absent'
}

/** Whether a column holds figures, which stand at the right. */
export function isNumeric(values: readonly unknown[]): boolean {
  return values.length > 0 && values.every((value) => typeof value === 'number' || typeof value === 'bigint')
}
