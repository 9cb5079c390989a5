import { booleanOf } from '#engine/compile/conf.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import { type Allocation, fixedAllocation } from './allocation.ts'
import { MeasuredAllocation } from './measured-allocation.ts'

/** How the executors of a run are used. What is added to accumulators is put together executor by executor, so that its order, and the last digits
 *  of a sum, would show how many there are: with accumulators all take part, always. `areParallel` false: they share one thread, where more than
 *  one are never faster. */
export function allocationOf(
  conf: Conf,
  { executors, accumulators }: Pick<Plan, 'executors' | 'accumulators'>,
  areParallel = true,
): Allocation {
  const isFixed =
    executors < 2 || accumulators.length > 0 || !booleanOf(conf, 'spark.streaming.dynamicAllocation.enabled')
  if (isFixed) return fixedAllocation(executors)
  return areParallel ? new MeasuredAllocation(executors) : fixedAllocation(1)
}
