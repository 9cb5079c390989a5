import { describeValue } from '#engine/record/describe.ts'

/** A function of the user's. Its results are checked where they are used. */
export type Fn = (...args: readonly unknown[]) => unknown

export type Pair = readonly [key: unknown, value: unknown]

/** Fails: TypeError that names the operation when `fn` is no function */
export function needFunction(operation: string, fn: unknown, name = 'a function'): Fn {
  if (typeof fn !== 'function') throw new TypeError(`${operation} needs ${name}, got ${describeValue(fn, 60)}`)
  return fn as Fn // checked on the line above; calls with any arguments are what JavaScript allows
}

/** Fails: TypeError that names operation and parameter unless `value` is a whole number of at least `least` */
export function wholeNumber(operation: string, name: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
  const bound = Number.isFinite(least) ? ` of at least ${least}` : ''
  throw new TypeError(`${operation}: ${name} must be a whole number${bound}, got ${describeValue(value, 60)}`)
}

/** Fails: TypeError that names operation and parameter unless `value` is a boolean */
export function needBoolean(operation: string, name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`${operation}: ${name} must be true or false, got ${describeValue(value, 60)}`)
}

/** Fails: TypeError that names the operation when the record is no pair */
export function pairOf(operation: string, record: unknown): Pair {
  if (Array.isArray(record) && record.length === 2) return record as unknown as Pair // checked on this line
  throw new TypeError(`${operation} needs pairs [key, value], got ${describeValue(record, 60)}`)
}

/** What a function returned in place of many records: an array or another iterable.
 *  Fails: TypeError that names the operation */
export function recordsOf(operation: string, value: unknown): Iterable<unknown> {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) return value as Iterable<unknown> // checked on this line
  throw new TypeError(
    `${operation}: the function must return an array or another iterable, not ${describeValue(value, 60)}`,
  )
}

/** Records for reading, as an array. */
export function asArray(records: Iterable<unknown>): readonly unknown[] {
  return Array.isArray(records) ? records : [...records]
}
