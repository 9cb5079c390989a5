import type { Chain } from '#engine/compile/plan.ts'
import { runPacked } from '#engine/runtime/executor/packed/run-packed.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd } from '#engine/runtime/executor/rdds/rdd.ts'

/** Runs a generated loop over one partition and takes down what its steps produced.
 *  `end` is the RDD of the chain's last stream (of its base, when the chain has no steps).
 *  Fails: throws a JobFailure that names the step's node, function and record */
export function runChain(chain: Chain, end: Rdd, partition: number, evaluation: Evaluation): unknown {
  const { plan, meter } = evaluation.tools
  const steps = rddsOf(chain, end)
  const base = steps[0] === undefined ? end : parentAt(steps[0], 0)
  const packed = runPacked(chain, base, steps, partition, evaluation)
  if (packed !== undefined) return packed
  const input = evaluation.partition(base, partition)
  const takers = steps.map((rdd) => meter.taker(rdd, partition))
  const limit = takers.reduce((most, taker) => Math.max(most, taker?.wanted ?? 0), 0)
  const counts: number[] = steps.map(() => 0)
  let result: unknown
  try {
    result = plan.loop(chain)(input, limit, (step, record) => takers[step]?.take(record), counts)
  } catch (thrown) {
    throw plan.stepFailure(thrown, chain)
  }
  steps.forEach((rdd, step) => {
    const taker = takers[step]
    if (taker !== undefined) meter.note(rdd, partition, counts[step] ?? 0, taker)
  })
  return result
}

/** The RDDs of the chain's steps, first to last. */
function rddsOf(chain: Chain, end: Rdd): readonly Rdd[] {
  const rdds: Rdd[] = []
  let rdd = end
  for (let index = chain.steps.length; index > 0; index--) {
    rdds.unshift(rdd)
    if (index > 1) rdd = parentAt(rdd, 0)
  }
  return rdds
}
