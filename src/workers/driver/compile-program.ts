import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { ok, type Result } from '#engine/model/result.ts'

/** A document as it would run here. */
export function compileProgram(pipeline: Result<Pipeline>, machineCores: number): Result<Program> {
  if (!pipeline.ok) return pipeline
  const plan = lowerPipeline(pipeline.value, { machineCores })
  return plan.ok ? ok({ pipeline: pipeline.value, plan: plan.value }) : plan
}
