import { type Fn, needBoolean, needFunction, wholeNumber } from '#engine/rdd/core/arguments.ts'
import { choosePartitioner } from '#engine/rdd/core/default-partitioner.ts'
import { hashPartitioner } from '#engine/rdd/core/partitioner.ts'
import { coalesce, repartition } from '#engine/rdd/operations/coalesce.ts'
import { combineByKey, grouping } from '#engine/rdd/operations/combine-by-key.ts'
import {
  filter,
  flatMap,
  glom,
  map,
  mapPartitions,
  mapPartitionsWithIndex,
  values,
  zipWithIndex,
  zipWithUniqueId,
} from '#engine/rdd/operations/narrow.ts'
import { sample } from '#engine/rdd/operations/sample.ts'
import { distinct, intersection, subtract } from '#engine/rdd/operations/sets.ts'
import { sortByKey } from '#engine/rdd/operations/sort-by-key.ts'
import { union } from '#engine/rdd/operations/union.ts'
import { cartesian, zip } from '#engine/rdd/operations/zip.ts'
import { needFraction } from './fraction.ts'
import { PairRdd } from './pair-rdd.ts'
import { derive, needRdd, type RddHandle } from './rdd-handle.ts'

/** The RDD that the functions of transform and foreachRDD are given: a batch's records, partition by partition, on one
 *  executor.
 *
 *  | family                          | methods                                                                    |
 *  |---------------------------------|----------------------------------------------------------------------------|
 *  | record by record                | map flatMap filter keyBy groupBy sample                                    |
 *  | partition by partition          | mapPartitions mapPartitionsWithIndex glom zipWithIndex zipWithUniqueId     |
 *  | several RDDs                    | union intersection subtract cartesian zip                                  |
 *  | order and partitions            | distinct sortBy repartition coalesce                                       |
 *  | pairs (PairRdd)                 | keys values mapValues flatMapValues reduceByKey groupByKey combineByKey aggregateByKey foldByKey join leftOuterJoin rightOuterJoin fullOuterJoin cogroup subtractByKey partitionBy sortByKey |
 *  | actions (RddActions)            | collect count first take top takeOrdered max min reduce fold aggregate foreach foreachPartition countByKey countByValue isEmpty lookup collectAsMap sum mean variance stdev stats histogram |
 *  | itself (RddRoot)                | sparkContext context id partitions getNumPartitions partitioner cache persist unpersist toDebugString toString |
 *
 *  Transformations are lazy and computed anew by every action that needs them, unless the RDD is persisted; what was
 *  shuffled is kept. As in Spark, sortBy and sortByKey (into several partitions) and zipWithIndex (of several) compute
 *  at once.
 *  Fails:  TypeError that names the method for a wrong argument; Spark's messages for what Spark refuses
 *  Source: core/rdd/RDD.scala, PairRDDFunctions, OrderedRDDFunctions, DoubleRDDFunctions */
export class Rdd extends PairRdd {
  map(fn: Fn): this {
    return derive(this, map(needRdd('map', this), 'map', needFunction('map', fn)))
  }

  flatMap(fn: Fn): this {
    return derive(this, flatMap(needRdd('flatMap', this), 'flatMap', needFunction('flatMap', fn)))
  }

  filter(fn: Fn): this {
    return derive(this, filter(needRdd('filter', this), 'filter', needFunction('filter', fn)))
  }

  /** The function gets the records of a partition in an array and returns an array or another iterable. */
  mapPartitions(fn: Fn, preservesPartitioning = false): this {
    const keepsKeys = needBoolean('mapPartitions', 'preservesPartitioning', preservesPartitioning)
    const call = needFunction('mapPartitions', fn)
    return derive(this, mapPartitions(needRdd('mapPartitions', this), 'mapPartitions', call, keepsKeys))
  }

  /** The function gets the partition's index and its records. */
  mapPartitionsWithIndex(fn: Fn, preservesPartitioning = false): this {
    const operation = 'mapPartitionsWithIndex'
    const keepsKeys = needBoolean(operation, 'preservesPartitioning', preservesPartitioning)
    const call = needFunction(operation, fn)
    return derive(this, mapPartitionsWithIndex(needRdd(operation, this), operation, call, keepsKeys))
  }

  glom(): this {
    return derive(this, glom(needRdd('glom', this)))
  }

  keyBy(fn: Fn): this {
    const key = needFunction('keyBy', fn)
    return derive(
      this,
      map(needRdd('keyBy', this), 'keyBy', (record) => [key(record), record]),
    )
  }

  groupBy(fn: Fn, numPartitions?: number): this {
    const key = needFunction('groupBy', fn)
    const core = needRdd('groupBy', this)
    const partitioner = choosePartitioner('groupBy', [core], numPartitions)
    const keyed = map(core, 'groupBy', (record) => [key(record), record])
    return derive(this, combineByKey(keyed, 'groupBy', grouping, partitioner))
  }

  distinct(numPartitions?: number): this {
    const core = needRdd('distinct', this)
    const partitions =
      numPartitions === undefined ? core.count : wholeNumber('distinct', 'numPartitions', numPartitions, 1)
    return derive(this, distinct(core, partitions))
  }

  union(other: RddHandle, ...others: readonly RddHandle[]): this {
    const core = needRdd('union', this)
    return derive(this, union(core.context, 'union', [core, ...[other, ...others].map((rdd) => needRdd('union', rdd))]))
  }

  intersection(other: RddHandle, numPartitions?: number): this {
    return derive(this, intersection(needRdd('intersection', this), needRdd('intersection', other), numPartitions))
  }

  subtract(other: RddHandle, numPartitions?: number): this {
    const core = needRdd('subtract', this)
    const partitioner =
      numPartitions === undefined
        ? (core.partitioner ?? hashPartitioner(core.count))
        : choosePartitioner('subtract', [core], numPartitions)
    return derive(this, subtract(core, needRdd('subtract', other), partitioner))
  }

  cartesian(other: RddHandle): this {
    return derive(this, cartesian(needRdd('cartesian', this), needRdd('cartesian', other)))
  }

  zip(other: RddHandle): this {
    return derive(this, zip(needRdd('zip', this), needRdd('zip', other)))
  }

  zipWithIndex(): this {
    return derive(this, zipWithIndex(needRdd('zipWithIndex', this)))
  }

  zipWithUniqueId(): this {
    return derive(this, zipWithUniqueId(needRdd('zipWithUniqueId', this)))
  }

  sample(withReplacement: boolean, fraction: number, seed?: number): this {
    const repeats = needBoolean('sample', 'withReplacement', withReplacement)
    const given = seed === undefined ? undefined : wholeNumber('sample', 'seed', seed, Number.NEGATIVE_INFINITY)
    return derive(this, sample(needRdd('sample', this), repeats, needFraction(repeats, fraction), given))
  }

  sortBy(fn: Fn, ascending = true, numPartitions?: number): this {
    const key = needFunction('sortBy', fn)
    const core = needRdd('sortBy', this)
    const isAscending = needBoolean('sortBy', 'ascending', ascending)
    const partitions = wholeNumber('sortBy', 'numPartitions', numPartitions ?? core.count, 0)
    const keyed = map(core, 'sortBy', (record) => [key(record), record])
    return derive(this, values(sortByKey(keyed, 'sortBy', isAscending, partitions), 'sortBy'))
  }

  /** Exactly that many partitions, records dealt out in turn. */
  repartition(numPartitions: number): this {
    const partitions = wholeNumber('repartition', 'numPartitions', numPartitions, Number.NEGATIVE_INFINITY)
    return derive(this, repartition(needRdd('repartition', this), 'repartition', partitions))
  }

  /** Without a shuffle neighbouring partitions are put together, and their number never grows. */
  coalesce(numPartitions: number, shuffle = false): this {
    const partitions = wholeNumber('coalesce', 'numPartitions', numPartitions, Number.NEGATIVE_INFINITY)
    const make = needBoolean('coalesce', 'shuffle', shuffle) ? repartition : coalesce
    return derive(this, make(needRdd('coalesce', this), 'coalesce', partitions))
  }
}
