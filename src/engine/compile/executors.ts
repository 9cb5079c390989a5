import type { Pipeline } from '#engine/model/pipeline.ts'
import { checkPipeline } from './check-pipeline.ts'
import type { CheckedPipeline } from './checked-pipeline.ts'
import { coresOf } from './master.ts'

/** How the cores of the master are spent.
 *  Source: dstream-semantics §7.4: a receiver occupies one core permanently */
export interface Cores {
  readonly cores: number
  readonly receivers: number
  /** Cores left for tasks; 0 = batches queue and none ever runs, as in Spark. */
  readonly executors: number
}

/** `machineCores` is what `local[*]` stands for. A receiver whose node is in `feeds` is replaced and takes no core. */
export function spendCores(
  checked: CheckedPipeline,
  machineCores: number,
  feeds: Readonly<Record<string, unknown>> = {},
): Cores {
  const cores = coresOf(checked.pipeline.settings, machineCores)
  const receivers = [...checked.nodes.values()].filter(
    ({ node, live, bound }) => live && bound?.isReceiver === true && !Object.hasOwn(feeds, node.id),
  ).length
  return { cores, receivers, executors: Math.max(0, cores - receivers) }
}

/** Executor workers that a run of this pipeline needs. */
export function executorCount(pipeline: Pipeline, machineCores: number): number {
  return spendCores(checkPipeline(pipeline), machineCores).executors
}
