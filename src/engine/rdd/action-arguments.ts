import { needFunction } from '#engine/rdd/core/arguments.ts'
import type { Comparison } from '#engine/rdd/core/record-order.ts'
import { describeValue } from '#engine/record/describe.ts'

/** Fails: TypeError unless it is a function, and when it returns anything but a number */
export function needComparison(operation: string, compare: unknown): Comparison {
  const fn = needFunction(operation, compare, 'a function (a, b) => number to compare with')
  return (a, b) => {
    const order = fn(a, b)
    if (typeof order === 'number') return order
    throw new TypeError(
      `${operation}: the comparison must return a number, negative when a comes first, got ${describeValue(order, 60)}`,
    )
  }
}

/** The bounds of histogram buckets; undefined when `buckets` is no array.
 *  Fails: TypeError for bounds that are no ascending numbers */
export function findBounds(buckets: unknown): readonly number[] | undefined {
  if (!Array.isArray(buckets)) return undefined
  const bounds: number[] = []
  for (const bound of buckets) {
    const last = bounds[bounds.length - 1]
    if (typeof bound !== 'number' || Number.isNaN(bound) || (last !== undefined && bound <= last)) {
      throw new TypeError(`histogram: buckets must be ascending numbers, got ${describeValue(buckets, 60)}`)
    }
    bounds.push(bound)
  }
  return bounds
}
