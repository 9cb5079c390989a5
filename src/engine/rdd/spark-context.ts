import { wholeNumber } from '#engine/rdd/core/arguments.ts'
import type { RddContext, RddCore } from '#engine/rdd/core/rdd-core.ts'
import { emptyRdd, parallelize } from '#engine/rdd/operations/parallelize.ts'
import { union } from '#engine/rdd/operations/union.ts'
import { describeValue } from '#engine/record/describe.ts'
import { needRdd, type RddHandle } from './rdd-handle.ts'

/** What `rdd.sparkContext` is: it makes RDDs of a function's own records, beside those of the batch.
 *  Source: org.apache.spark.SparkContext */
export class SparkContext<R extends RddHandle> {
  readonly #context: RddContext

  constructor(context: RddContext) {
    this.#context = context
  }

  get defaultParallelism(): number {
    return this.#context.settings.defaultParallelism
  }

  /** An RDD of the records of an array or another iterable, in `numSlices` even parts. */
  parallelize(records: Iterable<unknown>, numSlices: number = this.defaultParallelism): R {
    return this.#wrap(parallelize(this.#context, 'parallelize', needRecords('parallelize', records), slices(numSlices)))
  }

  /** The same as `parallelize`. */
  makeRDD(records: Iterable<unknown>, numSlices: number = this.defaultParallelism): R {
    return this.#wrap(parallelize(this.#context, 'makeRDD', needRecords('makeRDD', records), slices(numSlices)))
  }

  /** An RDD without partitions. */
  emptyRDD(): R {
    return this.#wrap(emptyRdd(this.#context))
  }

  /** `union([a, b, c])` or `union(a, b, c)`. */
  union(...rdds: readonly (RddHandle | readonly RddHandle[])[]): R {
    const cores = rdds.flat().map((rdd) => needRdd('union', rdd))
    return this.#wrap(union(this.#context, 'union', cores))
  }

  /** All runs on one executor, so the value is handed over as it is. */
  broadcast<T>(value: T): { readonly value: T } {
    return Object.freeze({ value })
  }

  #wrap(core: RddCore): R {
    return this.#context.faces.rdd(core) as R // the one class of handles that a context makes
  }
}

function needRecords(operation: string, records: unknown): readonly unknown[] {
  if (typeof records === 'object' && records !== null && Symbol.iterator in records) {
    return [...(records as Iterable<unknown>)] // checked on the line above
  }
  throw new TypeError(`${operation} needs an array or another iterable, got ${describeValue(records, 60)}`)
}

function slices(numSlices: number): number {
  const count = wholeNumber('parallelize', 'numSlices', numSlices, Number.NEGATIVE_INFINITY)
  if (count < 1) throw new RangeError('Positive number of partitions required')
  return count
}
