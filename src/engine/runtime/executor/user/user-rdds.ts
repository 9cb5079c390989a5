import type { Plan } from '#engine/compile/plan.ts'
import { makeRdd, makeRddContext, readRdd } from '#engine/rdd/make-rdd.ts'
import type { UserFunction } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { GatheredRdd } from '#engine/runtime/executor/exchange/gather.ts'

/** Calls the function of transform or transformWith over whole RDDs, and computes the RDD that it returns.
 *  Fails: throws what the function throws, and Spark's message when it returns no RDD
 *  Source: TransformedDStream.compute */
export function runTransform(
  fn: UserFunction,
  form: 'one' | 'many' | 'with',
  inputs: readonly GatheredRdd[],
  timeMs: number,
  plan: Plan,
): GatheredRdd {
  const rdds = userRdds(inputs, timeMs, plan)
  const returned = form === 'many' ? fn(rdds, timeMs) : fn(...rdds, timeMs)
  if (returned === undefined || returned === null) {
    throw new Error(
      'Transform function must not return null. Return SparkContext.emptyRDD() instead to represent no element as the result of transformation.',
    )
  }
  const result = readRdd(returned)
  if (result === undefined)
    throw new TypeError('The function must return an RDD, for example rdd => rdd.sortBy(x => x).')
  const partitions = Array.from({ length: result.count }, (_, partition) => result.records(partition))
  return { partitions, partitioner: result.hashPartitions }
}

/** Calls the body of foreachRDD. What it returns is ignored. */
export function runForeach(fn: UserFunction, input: GatheredRdd, timeMs: number, plan: Plan): void {
  fn(...userRdds([input], timeMs, plan), timeMs)
}

function userRdds(inputs: readonly GatheredRdd[], timeMs: number, plan: Plan): readonly object[] {
  const { defaultParallelism, parallelism, seed } = plan
  const context = makeRddContext({
    defaultParallelism,
    seed,
    timeMs,
    ...(parallelism === undefined ? {} : { parallelism }),
  })
  return inputs.map(({ partitions, partitioner }) =>
    makeRdd(() => partitions, context, { hashPartitions: partitioner }),
  )
}
