import { booleanOf } from '#engine/compile/conf.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { PackedRefusal } from './find-packed.ts'
import { packedChains } from './packed-chains.ts'

/** How a node comes to its records where they come from lines of text. */
export type PackedVerdict =
  | { readonly kind: 'packed' }
  /** One by one, since this node wants them so. */
  | ({ readonly kind: 'ended'; readonly node: string } & Pick<PackedRefusal, 'why' | 'part'>)

/** What is known of each node of a document before it runs; nothing of a document that does not run, or has this switched off.
 *  A node that several chains go through is packed when one of them is. */
export function packedNodes(pipeline: Pipeline): ReadonlyMap<string, PackedVerdict> {
  const verdicts = new Map<string, PackedVerdict>()
  if (!booleanOf(pipeline.settings.conf, 'sluice.packedText')) return verdicts
  // Cores make no difference to chains.
  const lowered = lowerPipeline(pipeline, { machineCores: 2 })
  if (!lowered.ok) return verdicts
  const plan = lowered.value
  for (const [chain, found] of packedChains(plan)) {
    const streams = chain.combineFor === undefined ? chain.steps : [...chain.steps, chain.combineFor]
    const verdict: PackedVerdict =
      'end' in found ? { kind: 'packed' } : { ...found, kind: 'ended', node: nodeOf(found.stream, plan) }
    for (const stream of streams) {
      const node = nodeOf(stream, plan)
      if (verdicts.get(node)?.kind !== 'packed') verdicts.set(node, verdict)
    }
  }
  return verdicts
}

function nodeOf(stream: number, { streams }: Plan): string {
  return streams[stream]?.node ?? ''
}
