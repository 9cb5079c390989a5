import { describeValue } from '#engine/record/describe.ts'
import { dateMs, shapeOf } from '#engine/record/shape.ts'

/** Orders two records: negative when `a` comes first, 0 when neither does.
 *
 *  | records            | order                                                                  |
 *  |--------------------|------------------------------------------------------------------------|
 *  | numbers, bigints   | by size, also among each other; NaN after all, `-0` equal to `0`       |
 *  | strings            | by UTF-16 units, as Java compares: `"B"` before `"a"`, `"10"` before `"9"` |
 *  | booleans           | false before true                                                      |
 *  | dates              | by time; invalid ones last                                             |
 *  | arrays, pairs      | item by item, the first difference decides; a beginning before the longer |
 *
 *  Fails:  TypeError for null, undefined, objects and records of different types: they have no order. In Spark the
 *          types keep such a program from compiling.
 *  Source: scala.math.Ordering of Int, Double, String, Boolean, Tuple2 and Iterable */
export function compareRecords(a: unknown, b: unknown): number {
  if (isNumeric(a) && isNumeric(b)) return compareNumeric(a, b)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  if (isDate(a) && isDate(b)) return compareNumeric(dateMs(a), dateMs(b))
  throw new TypeError(
    `${describeValue(a, 40)} and ${describeValue(b, 40)} have no order. Numbers, strings, booleans, dates and arrays of these can be compared with their like; compare something of the record instead, as in sortBy(record => record.name).`,
  )
}

/** Compares as `compareRecords` does unless a comparison is given. */
export type Comparison = (a: unknown, b: unknown) => number

export function reversed(compare: Comparison): Comparison {
  return (a, b) => compare(b, a)
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function compareNumeric(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1
  if (a > b) return 1
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index++) {
    const order = compareRecords(a[index], b[index])
    if (order !== 0) return order
  }
  return a.length - b.length
}

function isDate(value: unknown): value is object {
  return typeof value === 'object' && value !== null && shapeOf(value) === 'date'
}
