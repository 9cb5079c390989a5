import { invariant } from '#engine/model/invariant.ts'
import { type GatheredRdd, gather } from '#engine/runtime/executor/exchange/gather.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd, Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import { runTransform } from './user-rdds.ts'

/** Runs the function of a transformed RDD on executor 0 over its whole parents, and deals the partitions of the result out.
 *  Every executor takes part in all of its exchanges: one per parent, one in which executor 0 says how many partitions there are, one for these.
 *  Fails: throws a JobFailure, on all executors alike
 *  Source: TransformedDStream.compute, where the function runs on the driver */
export async function transformRdd(rdd: Rdd, evaluation: Evaluation): Promise<void> {
  const { exchange, executor, executors } = evaluation.tools
  const { node } = rdd.stream
  const inputs: GatheredRdd[] = []
  for (const parent of rdd.parents) inputs.push(await gather(parent, evaluation))
  const result = executor === 0 ? attempt(rdd, inputs, evaluation) : undefined
  const told = await exchange.swap(
    result instanceof JobFailure ? result : announce(result, executors),
    (to) => to,
    node,
  )
  const [partitions, partitioner] = countsOf(told)
  const dealt =
    result === undefined || result instanceof JobFailure
      ? []
      : result.partitions.map((records, to) => ({ from: 0, to, records }))
  rdd.exchanged.set(0, await exchange.swap(dealt, (to) => to % executors, node))
  rdd.decide(partitions, partitioner)
}

function attempt(rdd: Rdd, inputs: readonly GatheredRdd[], evaluation: Evaluation): GatheredRdd | JobFailure {
  const { spec } = rdd.stream
  invariant(spec.kind === 'transformed', 'kinds agree')
  const { plan } = evaluation.tools
  evaluation.enter(rdd.stream.node)
  try {
    return runTransform(spec.fn, spec.form, inputs, rdd.spec.timeMs, evaluation.tools)
  } catch (thrown) {
    return plan.failure(thrown, spec.fn, undefined)
  } finally {
    evaluation.enter(undefined)
  }
}

const NO_PARTITIONER = -1

function announce(result: GatheredRdd | undefined, executors: number): readonly Shipment[] {
  if (result === undefined) return []
  const counts = [result.partitions.length, result.partitioner ?? NO_PARTITIONER]
  return Array.from({ length: executors }, (_, to) => ({ from: 0, to, records: counts }))
}

function countsOf(told: readonly Shipment[]): readonly [number, number | undefined] {
  const [partitions, partitioner] = told[0]?.records ?? []
  invariant(
    typeof partitions === 'number' && typeof partitioner === 'number',
    'executor 0 told how many partitions there are',
  )
  return [partitions, partitioner === NO_PARTITIONER ? undefined : partitioner]
}
