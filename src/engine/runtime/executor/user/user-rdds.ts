import type { Plan } from '#engine/compile/plan.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { makeRdd, makeRddContext, readRdd } from '#engine/rdd/make-rdd.ts'
import type { Rdd } from '#engine/rdd/rdd.ts'
import type { SparkContext } from '#engine/rdd/spark-context.ts'
import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { GatheredRdd } from '#engine/runtime/executor/exchange/gather.ts'
import type { JobSession } from './job-session.ts'

/** What a body runs with. */
export interface BodyTools {
  readonly plan: LoadedPlan
  readonly session: JobSession
}

/** Calls the function of transform or transformWith over whole RDDs, and computes the RDD that it returns.
 *  Fails: throws what the function throws, and Spark's message when it returns no RDD
 *  Source: TransformedDStream.compute */
export function runTransform(
  ref: FunctionRef,
  form: 'one' | 'many' | 'with',
  inputs: readonly GatheredRdd[],
  timeMs: number,
  { plan, session }: BodyTools,
): GatheredRdd {
  const { rdds, sparkContext } = userRdds(ref, inputs, timeMs, plan.plan)
  const fn = plan.fn(ref)
  return session.inBody(sparkContext, () => {
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
  })
}

/** Calls the body of foreachRDD. What it returns is ignored. */
export function runForeach(ref: FunctionRef, input: GatheredRdd, timeMs: number, { plan, session }: BodyTools): void {
  const { rdds, sparkContext } = userRdds(ref, [input], timeMs, plan.plan)
  const fn = plan.fn(ref)
  session.inOutput(sparkContext, () => fn(...rdds, timeMs))
}

interface UserRdds {
  readonly rdds: readonly Rdd[]
  readonly sparkContext: SparkContext<Rdd>
}

function userRdds(ref: FunctionRef, inputs: readonly GatheredRdd[], timeMs: number, plan: Plan): UserRdds {
  const { defaultParallelism, parallelism, seed } = plan
  const context = makeRddContext({
    defaultParallelism,
    seed,
    timeMs,
    ...(parallelism === undefined ? {} : { parallelism }),
  })
  const rdds = inputs.map(({ partitions, partitioner }) => {
    const compute = (partition: number): readonly unknown[] => {
      const records = partitions[partition] ?? []
      return ref.changes === true ? records.map(copyRecord) : records
    }
    return makeRdd({ count: partitions.length, compute }, context, { hashPartitions: partitioner })
  })
  return { rdds, sparkContext: context.sparkContext as SparkContext<Rdd> } // makeRddContext made it
}
