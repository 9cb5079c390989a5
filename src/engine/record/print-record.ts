// Records as text. Nothing here makes markup: what comes out is shown as a text node.

/** JSON-like text in which every kind of record stays apart: `12n`, `undefined`, `NaN`, `Date(…)`. */
export function printValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  if (value instanceof Date) return `Date(${printDate(value)})`
  if (Array.isArray(value)) return `[${value.map(printValue).join(',')}]`
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(printEntry).join(',')}}`
  return String(value)
}

function printEntry([key, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(key)}:${printValue(value)}`
}

function printDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString()
}

/** Whether the record is a pair `[key, value]`. */
export function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2
}

/** One row of `print()`. A pair stands as Scala prints a tuple, `(the,12)`; inside it and elsewhere an array stands as
 *  JavaScript writes it, because a document does not say which two-element array is a tuple and which is a list. */
export function printRow(value: unknown): string {
  return isPair(value) ? `(${printBare(value[0])},${printBare(value[1])})` : printBare(value)
}

function printBare(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date) return printDate(value)
  return printValue(value)
}
