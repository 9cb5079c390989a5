import type { Plan } from './plan.ts'

/** A name for each stream of a plan, in the plan's order: its node, its kind, and which of that kind in the node it is. Unlike its number it
 *  stays when other nodes come, go or change places, so that what a checkpoint holds still finds its stream. */
export function streamKeys({ streams }: Pick<Plan, 'streams'>): readonly string[] {
  const counts = new Map<string, number>()
  return streams.map(({ node, spec }) => {
    const role = `${node}/${spec.kind}`
    const count = counts.get(role) ?? 0
    counts.set(role, count + 1)
    return `${role}/${count}`
  })
}
