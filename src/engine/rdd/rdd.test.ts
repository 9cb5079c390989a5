import { expect, test } from 'vitest'
import { rddOf } from '#engine/rdd/testing/test-rdd.ts'
import type { Rdd } from './rdd.ts'

/** Every name that a user can reach on an object. */
function surface(object: object): string[] {
  const names = new Set<string>()
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name)
  }
  names.delete('constructor')
  return [...names].sort()
}

const operations = `aggregate aggregateByKey cache cartesian coalesce cogroup collect collectAsMap combineByKey context
count countByKey countByValue distinct filter first flatMap flatMapValues fold foldByKey foreach foreachPartition
fullOuterJoin getNumPartitions glom groupBy groupByKey histogram id intersection isEmpty join keyBy keys leftOuterJoin
lookup map mapPartitions mapPartitionsWithIndex mapValues max mean min partitionBy partitioner partitions persist reduce
reduceByKey repartition rightOuterJoin sample sortBy sortByKey sparkContext stats stdev subtract subtractByKey sum take
takeOrdered toDebugString toString top union unpersist values variance zip zipWithIndex zipWithUniqueId`

test('users reach Spark’s operations and nothing of the engine', () => {
  expect(surface(rddOf([1]))).toEqual(operations.split(/\s+/).sort())
  expect(Object.keys(rddOf([1]))).toEqual([])
  const sc = rddOf().sparkContext
  expect(surface(sc)).toEqual(['broadcast', 'defaultParallelism', 'emptyRDD', 'makeRDD', 'parallelize', 'union'])
})

test('the context is the same for all RDDs of a body', () => {
  const rdd = rddOf([1])
  const sc = rdd.sparkContext
  expect(rdd.map((n) => n).sparkContext).toBe(sc)
  expect(sc.parallelize([1]).context).toBe(sc)
  expect(sc.defaultParallelism).toBe(2)
  expect(sc.broadcast(['a']).value).toEqual(['a'])
})

type Call = (rdd: Rdd, argument: never) => unknown

const takesFunction: Record<string, Call> = {
  map: (rdd, fn) => rdd.map(fn),
  flatMap: (rdd, fn) => rdd.flatMap(fn),
  filter: (rdd, fn) => rdd.filter(fn),
  mapPartitions: (rdd, fn) => rdd.mapPartitions(fn),
  mapPartitionsWithIndex: (rdd, fn) => rdd.mapPartitionsWithIndex(fn),
  keyBy: (rdd, fn) => rdd.keyBy(fn),
  groupBy: (rdd, fn) => rdd.groupBy(fn),
  sortBy: (rdd, fn) => rdd.sortBy(fn),
  mapValues: (rdd, fn) => rdd.mapValues(fn),
  flatMapValues: (rdd, fn) => rdd.flatMapValues(fn),
  reduceByKey: (rdd, fn) => rdd.reduceByKey(fn),
  foldByKey: (rdd, fn) => rdd.foldByKey(0, fn),
  aggregateByKey: (rdd, fn) => rdd.aggregateByKey(0, fn, fn),
  combineByKey: (rdd, fn) => rdd.combineByKey(fn, fn, fn),
  reduce: (rdd, fn) => rdd.reduce(fn),
  fold: (rdd, fn) => rdd.fold(0, fn),
  aggregate: (rdd, fn) => rdd.aggregate(0, fn, fn),
  foreach: (rdd, fn) => rdd.foreach(fn),
  foreachPartition: (rdd, fn) => rdd.foreachPartition(fn),
}

test.each(Object.entries(takesFunction))('%s without a function says so at once', (name, call) => {
  expect(() => call(rddOf([1]), 3 as never)).toThrow(new TypeError(`${name} needs a function, got 3`))
})

const takesRdd: Record<string, Call> = {
  union: (rdd, other) => rdd.union(other),
  intersection: (rdd, other) => rdd.intersection(other),
  subtract: (rdd, other) => rdd.subtract(other),
  cartesian: (rdd, other) => rdd.cartesian(other),
  zip: (rdd, other) => rdd.zip(other),
  join: (rdd, other) => rdd.join(other),
  leftOuterJoin: (rdd, other) => rdd.leftOuterJoin(other),
  rightOuterJoin: (rdd, other) => rdd.rightOuterJoin(other),
  fullOuterJoin: (rdd, other) => rdd.fullOuterJoin(other),
  cogroup: (rdd, other) => rdd.cogroup(other),
  subtractByKey: (rdd, other) => rdd.subtractByKey(other),
}

test.each(Object.entries(takesRdd))('%s without an RDD says so at once', (name, call) => {
  expect(() => call(rddOf([1]), [2] as never)).toThrow(new TypeError(`${name} needs an RDD, got [2]`))
})

test('other wrong arguments are named', () => {
  const rdd = rddOf([[1, 2]])
  expect(() => rdd.take('3' as never)).toThrow('take: num must be a whole number, got "3"')
  expect(() => rdd.sortBy((n) => n, 2 as never)).toThrow('sortBy: ascending must be true or false, got 2')
  expect(() => rdd.repartition(1.5)).toThrow('repartition: numPartitions must be a whole number, got 1.5')
  expect(() => rdd.top(1, 'x' as never)).toThrow('top needs a function (a, b) => number to compare with, got "x"')
  expect(() => rddOf([1, 2]).max(((a: number, b: number) => a > b) as never)).toThrow(
    'max: the comparison must return a number, negative when a comes first, got false',
  )
})

test('what a function throws reaches the caller as it is', () => {
  const mistake = new Error('mine')
  const rdd = rddOf([1]).map(() => {
    throw mistake
  })
  expect(() => rdd.count()).toThrow(mistake)
  expect(() => rdd.repartition(2).collect()).toThrow(mistake)
})

test('the lineage is printed as Spark prints it', () => {
  const words = rddOf(['a b'], ['b'], ['c'])
  const counts = words
    .flatMap((line) => String(line).split(' '))
    .map((word) => [word, 1])
    .cache()
    .reduceByKey((a, b) => Number(a) + Number(b), 2)
  expect(String(counts)).toBe('ShuffledRDD[3] at reduceByKey')
  expect(counts.toDebugString().split('\n')).toEqual([
    '(2) ShuffledRDD[3] at reduceByKey []',
    ' +-(3) MapPartitionsRDD[2] at map [Memory Deserialized 1x Replicated]',
    '    |  MapPartitionsRDD[1] at flatMap []',
    '    |  BatchRDD[0] at stream []',
  ])
})
