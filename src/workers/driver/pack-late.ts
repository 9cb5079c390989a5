import { bringsLines } from '#engine/compile/packed/brings-lines.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** The plan with loops for the text that it receives. What prints them is loaded for those that receive any. */
export async function packLate(plan: Plan, { settings }: Pipeline): Promise<Plan> {
  if (!plan.streams.some(bringsLines)) return plan
  const { packPlan } = await import('#engine/compile/packed/pack-plan.ts')
  return packPlan(plan, settings.conf)
}
