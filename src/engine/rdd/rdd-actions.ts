import { collectAsMap, countByKey, countByValue, lookup } from '#engine/rdd/actions/by-key.ts'
import { aggregate, count, reduce } from '#engine/rdd/actions/fold.ts'
import { evenHistogram, histogram } from '#engine/rdd/actions/histogram.ts'
import { min, takeOrdered } from '#engine/rdd/actions/ordered.ts'
import { moments, type Statistics, statistics, sum, varianceOf } from '#engine/rdd/actions/statistics.ts'
import { first, isEmpty, take } from '#engine/rdd/actions/take.ts'
import { type Fn, needFunction, type Pair, wholeNumber } from '#engine/rdd/core/arguments.ts'
import { type Comparison, compareRecords, reversed } from '#engine/rdd/core/record-order.ts'
import { findBounds, needComparison } from './action-arguments.ts'
import { needRdd } from './rdd-handle.ts'
import { RddRoot } from './rdd-root.ts'

/** The actions: they compute at once and return records or numbers. */
export class RddActions extends RddRoot {
  collect(): unknown[] {
    return [...needRdd('collect', this).readAll()]
  }

  count(): number {
    return count(needRdd('count', this))
  }

  isEmpty(): boolean {
    return isEmpty(needRdd('isEmpty', this))
  }

  first(): unknown {
    return first(needRdd('first', this))
  }

  take(num: number): unknown[] {
    return take(needRdd('take', this), wholeNumber('take', 'num', num, Number.NEGATIVE_INFINITY))
  }

  top(num: number, compare: Comparison = compareRecords): unknown[] {
    const length = wholeNumber('top', 'num', num, Number.NEGATIVE_INFINITY)
    return takeOrdered(needRdd('top', this), length, reversed(needComparison('top', compare)))
  }

  takeOrdered(num: number, compare: Comparison = compareRecords): unknown[] {
    const length = wholeNumber('takeOrdered', 'num', num, Number.NEGATIVE_INFINITY)
    return takeOrdered(needRdd('takeOrdered', this), length, needComparison('takeOrdered', compare))
  }

  max(compare: Comparison = compareRecords): unknown {
    return min(needRdd('max', this), reversed(needComparison('max', compare)))
  }

  min(compare: Comparison = compareRecords): unknown {
    return min(needRdd('min', this), needComparison('min', compare))
  }

  reduce(fn: Fn): unknown {
    return reduce(needRdd('reduce', this), needFunction('reduce', fn))
  }

  fold(zero: unknown, fn: Fn): unknown {
    const merge = needFunction('fold', fn)
    return aggregate(needRdd('fold', this), zero, merge, merge)
  }

  aggregate(zero: unknown, seqOp: Fn, combOp: Fn): unknown {
    const core = needRdd('aggregate', this)
    return aggregate(
      core,
      zero,
      needFunction('aggregate', seqOp),
      needFunction('aggregate', combOp, 'a second function'),
    )
  }

  foreach(fn: Fn): void {
    const act = needFunction('foreach', fn)
    for (const record of needRdd('foreach', this).readAll()) act(record)
  }

  /** The function gets the records of a partition in an array. */
  foreachPartition(fn: Fn): void {
    const core = needRdd('foreachPartition', this)
    const act = needFunction('foreachPartition', fn)
    for (let partition = 0; partition < core.count; partition++) act([...core.read(partition)])
  }

  /** `[[key, count], …]`: pairs are records, so they can be shown, sorted and made into an RDD again, and keys may be
   *  arrays or objects, which a Map would tell apart by identity. */
  countByKey(): Pair[] {
    return countByKey(needRdd('countByKey', this), 'countByKey')
  }

  /** `[[record, count], …]`, for the reasons of `countByKey`. */
  countByValue(): Pair[] {
    return countByValue(needRdd('countByValue', this))
  }

  lookup(key: unknown): unknown[] {
    return lookup(needRdd('lookup', this), key)
  }

  /** A JavaScript Map with the last value of each key. Its `get` finds keys that are arrays, objects or dates only by
   *  identity. */
  collectAsMap(): Map<unknown, unknown> {
    return collectAsMap(needRdd('collectAsMap', this))
  }

  sum(): number {
    return sum(needRdd('sum', this))
  }

  mean(): number {
    return moments(needRdd('mean', this), 'mean').mean
  }

  /** Of the population. */
  variance(): number {
    return varianceOf(moments(needRdd('variance', this), 'variance'))
  }

  /** Of the population. */
  stdev(): number {
    return Math.sqrt(varianceOf(moments(needRdd('stdev', this), 'stdev')))
  }

  stats(): Statistics {
    return statistics(needRdd('stats', this))
  }

  /** With bounds: the counts. With a number of buckets: `[bounds, counts]`, buckets of equal width. */
  histogram(buckets: number | readonly number[]): number[] | readonly [bounds: number[], counts: number[]] {
    const core = needRdd('histogram', this)
    const bounds = findBounds(buckets)
    return bounds === undefined
      ? evenHistogram(core, wholeNumber('histogram', 'buckets', buckets, 1))
      : histogram(core, bounds)
  }
}
