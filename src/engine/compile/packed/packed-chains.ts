import { parentsOf } from '#engine/compile/parents.ts'
import type { Chain, Plan, PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import { parsePrelude } from '#engine/operator/parse-function.ts'
import { bringsLines } from './brings-lines.ts'
import { findPacked, type PackedRefusal } from './find-packed.ts'
import type { PackedProgram } from './terms.ts'

/** What is known of each chain that a run goes through and that begins at lines of text. */
export function packedChains({
  chains,
  streams,
  outputs,
  prelude,
}: Pick<Plan, 'chains' | 'streams' | 'outputs' | 'prelude'>): ReadonlyMap<Chain, PackedProgram | PackedRefusal> {
  const parsed = parsePrelude(prelude ?? '')
  invariant(parsed.ok, 'the shared code was checked')
  const found = new Map<Chain, PackedProgram | PackedRefusal>()
  for (const chain of chains) {
    if (chain.steps.length === 0 || !bringsLines(streams[chain.base])) continue
    if (chain.combineFor === undefined && !isCollected(streams[chain.end], streams, outputs)) continue
    found.set(chain, findPacked(chain, streams, parsed.value.names))
  }
  return found
}

/** Whether somebody wants the records of a stream, and not only what the same loop makes of them. */
function isCollected(
  stream: PlanStream | undefined,
  streams: readonly PlanStream[],
  outputs: Plan['outputs'],
): boolean {
  if (stream === undefined || stream.persist || outputs.some((each) => each.stream === stream.id)) return true
  const fuses = ({ spec }: PlanStream): boolean => spec.kind === 'narrow' || spec.kind === 'shuffled'
  return streams.some((each) => parentsOf(each.spec).includes(stream.id) && !fuses(each))
}
