import { invariant } from '#engine/model/invariant.ts'
import { parseMaster } from '#engine/model/master.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { wholeOf } from './conf.ts'

/** Cores of a document's master; `local[*]` has as many as the machine.
 *  Source: SparkContext's master URLs */
export function coresOf(settings: Pipeline['settings'], machineCores: number): number {
  const master = parseMaster(settings.master)
  invariant(master.ok, 'a parsed document has a good master')
  return master.value.cores === 'all' ? Math.max(1, machineCores) : master.value.cores
}

/** spark.default.parallelism, where it is set to something that can be used. */
export function setParallelism(settings: Pipeline['settings']): number | undefined {
  const set = wholeOf(settings.conf, 'spark.default.parallelism', 0)
  return set === 0 ? undefined : set
}

/** N of the spec: spark.default.parallelism, else the cores.
 *  Source: LocalSchedulerBackend.defaultParallelism */
export function defaultParallelism(settings: Pipeline['settings'], cores: number): number {
  return setParallelism(settings) ?? cores
}
