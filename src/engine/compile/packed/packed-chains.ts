import { parentsOf } from '#engine/compile/parents.ts'
import type { Chain, PlanStream } from '#engine/compile/plan.ts'
import type { OutputSpec } from '#engine/operator/stream-spec.ts'
import { bringsLines, findPacked, type PackedRefusal } from './find-packed.ts'
import type { PackedProgram } from './terms.ts'

export interface PackedSetting {
  readonly outputs: readonly Pick<OutputSpec, 'stream'>[]
  /** Names that shared code declares. */
  readonly shared: readonly string[]
}

/** What is known of each chain that a run goes through and that begins at lines of text. */
export function packedChains(
  chains: readonly Chain[],
  streams: readonly PlanStream[],
  { outputs, shared }: PackedSetting,
): ReadonlyMap<Chain, PackedProgram | PackedRefusal> {
  const found = new Map<Chain, PackedProgram | PackedRefusal>()
  for (const chain of chains) {
    if (chain.steps.length === 0 || !bringsLines(streams[chain.base])) continue
    if (chain.combineFor === undefined && !isCollected(streams[chain.end], streams, outputs)) continue
    found.set(chain, findPacked(chain, streams, shared))
  }
  return found
}

/** Whether somebody wants the records of a stream, and not only what the same loop makes of them. */
function isCollected(
  stream: PlanStream | undefined,
  streams: readonly PlanStream[],
  outputs: PackedSetting['outputs'],
): boolean {
  if (stream === undefined || stream.persist || outputs.some((each) => each.stream === stream.id)) return true
  const fuses = ({ spec }: PlanStream): boolean => spec.kind === 'narrow' || spec.kind === 'shuffled'
  return streams.some((each) => parentsOf(each.spec).includes(stream.id) && !fuses(each))
}
