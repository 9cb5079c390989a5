import { debugString, printRdd } from '#engine/rdd/core/debug-string.ts'
import { needRdd, RddHandle } from './rdd-handle.ts'
import type { SparkContext } from './spark-context.ts'

/** What every RDD tells of itself, and its persistence. */
export class RddRoot extends RddHandle {
  /** Unique within one call of a transform or foreachRDD function. */
  get id(): number {
    return needRdd('id', this).id
  }

  get sparkContext(): SparkContext<this> {
    return needRdd('sparkContext', this).context.sparkContext as SparkContext<this> // made for the context's handles
  }

  /** The same as `sparkContext`. */
  get context(): SparkContext<this> {
    return this.sparkContext
  }

  /** One entry per partition; `rdd.partitions.length` counts them. */
  get partitions(): readonly { readonly index: number }[] {
    return Array.from({ length: this.getNumPartitions() }, (_, index) => ({ index }))
  }

  getNumPartitions(): number {
    return needRdd('getNumPartitions', this).count
  }

  /** How the pairs are spread over the partitions; null when nothing is known. */
  get partitioner(): { readonly kind: string; readonly numPartitions: number } | null {
    const { partitioner } = needRdd('partitioner', this)
    return partitioner === undefined ? null : { kind: partitioner.kind, numPartitions: partitioner.numPartitions }
  }

  cache(): this {
    return this.persist()
  }

  /** Keeps each partition when it is first computed. Whatever Spark storage level is named, it is kept in memory. */
  persist(_storageLevel?: unknown): this {
    needRdd('persist', this).persist()
    return this
  }

  unpersist(): this {
    needRdd('unpersist', this).unpersist()
    return this
  }

  toDebugString(): string {
    return debugString(needRdd('toDebugString', this))
  }

  override toString(): string {
    return printRdd(needRdd('toString', this))
  }
}
