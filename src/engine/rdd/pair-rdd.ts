import { type Fn, needBoolean, needFunction, wholeNumber } from '#engine/rdd/core/arguments.ts'
import { choosePartitioner } from '#engine/rdd/core/default-partitioner.ts'
import { hashPartitioner } from '#engine/rdd/core/partitioner.ts'
import { cogroup, type JoinKind, join } from '#engine/rdd/operations/cogroup.ts'
import { aggregation, type Combiner, combineByKey, grouping, reduction } from '#engine/rdd/operations/combine-by-key.ts'
import { flatMapValues, keys, mapValues, values } from '#engine/rdd/operations/narrow.ts'
import { partitionBy } from '#engine/rdd/operations/partition-by.ts'
import { subtractByKey } from '#engine/rdd/operations/sets.ts'
import { sortByKey } from '#engine/rdd/operations/sort-by-key.ts'
import { RddActions } from './rdd-actions.ts'
import { derive, needRdd, type RddHandle } from './rdd-handle.ts'

/** The transformations of RDDs of pairs. A record that is no pair fails the action that meets it. */
export class PairRdd extends RddActions {
  keys(): this {
    return derive(this, keys(needRdd('keys', this), 'keys'))
  }

  values(): this {
    return derive(this, values(needRdd('values', this), 'values'))
  }

  mapValues(fn: Fn): this {
    return derive(this, mapValues(needRdd('mapValues', this), 'mapValues', needFunction('mapValues', fn)))
  }

  flatMapValues(fn: Fn): this {
    const core = needRdd('flatMapValues', this)
    return derive(this, flatMapValues(core, 'flatMapValues', needFunction('flatMapValues', fn)))
  }

  reduceByKey(fn: Fn, numPartitions?: number): this {
    return combined(this, 'reduceByKey', reduction(needFunction('reduceByKey', fn)), numPartitions)
  }

  groupByKey(numPartitions?: number): this {
    return combined(this, 'groupByKey', grouping, numPartitions)
  }

  combineByKey(
    createCombiner: Fn,
    mergeValue: Fn,
    mergeCombiners: Fn,
    numPartitions?: number,
    mapSideCombine = true,
  ): this {
    const combiner = {
      create: needFunction('combineByKey', createCombiner),
      mergeValue: needFunction('combineByKey', mergeValue, 'a second function'),
      mergeCombiners: needFunction('combineByKey', mergeCombiners, 'a third function'),
      mapSideCombine: needBoolean('combineByKey', 'mapSideCombine', mapSideCombine),
    }
    return combined(this, 'combineByKey', combiner, numPartitions)
  }

  aggregateByKey(zero: unknown, seqOp: Fn, combOp: Fn, numPartitions?: number): this {
    const seq = needFunction('aggregateByKey', seqOp)
    const comb = needFunction('aggregateByKey', combOp, 'a second function')
    return combined(this, 'aggregateByKey', aggregation(zero, seq, comb), numPartitions)
  }

  foldByKey(zero: unknown, fn: Fn, numPartitions?: number): this {
    const merge = needFunction('foldByKey', fn)
    return combined(this, 'foldByKey', aggregation(zero, merge, merge), numPartitions)
  }

  join(other: RddHandle, numPartitions?: number): this {
    return joined(this, 'join', other, numPartitions)
  }

  /** A right value that is missing is null. */
  leftOuterJoin(other: RddHandle, numPartitions?: number): this {
    return joined(this, 'leftOuterJoin', other, numPartitions)
  }

  /** A left value that is missing is null. */
  rightOuterJoin(other: RddHandle, numPartitions?: number): this {
    return joined(this, 'rightOuterJoin', other, numPartitions)
  }

  /** Values that are missing are null. */
  fullOuterJoin(other: RddHandle, numPartitions?: number): this {
    return joined(this, 'fullOuterJoin', other, numPartitions)
  }

  /** `cogroup(other, another, …, numPartitions?)`: `[key, [values here, values of other, …]]`. */
  cogroup(...others: readonly (RddHandle | number)[]): this {
    const last = others[others.length - 1]
    const numPartitions = typeof last === 'number' ? last : undefined
    const rdds = numPartitions === undefined ? others : others.slice(0, -1)
    if (rdds.length === 0) needRdd('cogroup', undefined)
    const cores = [needRdd('cogroup', this), ...rdds.map((rdd) => needRdd('cogroup', rdd))] as const
    return derive(this, cogroup(cores, 'cogroup', choosePartitioner('cogroup', cores, numPartitions)))
  }

  subtractByKey(other: RddHandle, numPartitions?: number): this {
    const core = needRdd('subtractByKey', this)
    const partitioner =
      numPartitions === undefined
        ? (core.partitioner ?? hashPartitioner(core.count))
        : choosePartitioner('subtractByKey', [core], numPartitions)
    return derive(this, subtractByKey(core, needRdd('subtractByKey', other), 'subtractByKey', partitioner))
  }

  partitionBy(numPartitions: number): this {
    const partitioner = hashPartitioner(wholeNumber('partitionBy', 'numPartitions', numPartitions, 1))
    return derive(this, partitionBy(needRdd('partitionBy', this), 'partitionBy', partitioner))
  }

  sortByKey(ascending = true, numPartitions?: number): this {
    const core = needRdd('sortByKey', this)
    const isAscending = needBoolean('sortByKey', 'ascending', ascending)
    const partitions = wholeNumber('sortByKey', 'numPartitions', numPartitions ?? core.count, 0)
    return derive(this, sortByKey(core, 'sortByKey', isAscending, partitions))
  }
}

function combined<R extends RddHandle>(rdd: R, operation: string, combiner: Combiner, numPartitions: unknown): R {
  const core = needRdd(operation, rdd)
  return derive(rdd, combineByKey(core, operation, combiner, choosePartitioner(operation, [core], numPartitions)))
}

function joined<R extends RddHandle>(rdd: R, kind: JoinKind, other: unknown, numPartitions: unknown): R {
  const [left, right] = [needRdd(kind, rdd), needRdd(kind, other)]
  return derive(rdd, join(left, right, kind, choosePartitioner(kind, [left, right], numPartitions)))
}
