import type { Pipeline } from '#engine/model/pipeline.ts'

const masterForm = /^local(?:\[(\d+|\*)\])?$/

/** Cores of a master: `local` has one, `local[n]` n, `local[*]` as many as the machine.
 *  Fails: undefined for anything else.
 *  Source: SparkContext's master URLs */
export function parseMaster(master: string, machineCores: number): number | undefined {
  const match = masterForm.exec(master)
  if (match === null) return undefined
  const cores = match[1]
  if (cores === undefined) return 1
  if (cores === '*') return Math.max(1, machineCores)
  const count = Number(cores)
  return count >= 1 && count <= 64 ? count : undefined
}

/** N of the spec: spark.default.parallelism, else the cores.
 *  Source: LocalSchedulerBackend.defaultParallelism */
export function defaultParallelism(settings: Pipeline['settings'], cores: number): number {
  const set = Number(settings.conf['spark.default.parallelism'])
  return Number.isInteger(set) && set >= 1 && set <= 1024 ? set : cores
}
