import type { StreamId } from '#engine/operator/stream-spec.ts'
import { parentsOf } from './parents.ts'
import type { Chain, PlanStream } from './plan.ts'
import { printChain } from './print-chain.ts'

/** Text of the module with one loop per chain, unique per plan so that V8 keeps feedback per plan (same text would share it).
 *  Each chain comes twice where it has several steps: fused, and step by step for finding the step that hangs. Fused chains end where
 *  something else than a single next step reads: a chain of n nodes would else have n fused ones, of n steps.
 *  Shape: `export default (functions, kernel) => Record<chain name, loop>`; the loops' own shape is in print-chain.ts */
export function stagesModule(
  streams: readonly PlanStream[],
  title: string,
  outputs: ReadonlySet<StreamId> = new Set(),
): { readonly text: string; readonly chains: readonly Chain[] } {
  const chains = findChains(streams, outputs)
  const loops = chains.map((chain) => printChain(chain, streams))
  const heading = `/* stages of ${title.replaceAll('*/', '* /')} */`
  const text = [
    heading,
    'export default function (functions, kernel) {',
    'const { items, notAPair, stepFailure, keyForm, copyRecord } = kernel;',
    'return {',
    ...loops,
    '};',
    '}',
  ].join('\n')
  return { text, chains }
}

function findChains(streams: readonly PlanStream[], outputs: ReadonlySet<StreamId>): readonly Chain[] {
  const ends = findEnds(streams, outputs)
  const chains = new Map<string, Chain>()
  const add = (chain: Omit<Chain, 'name'>): void => {
    const name =
      chain.combineFor === undefined ? `from${chain.base}to${chain.end}` : `from${chain.base}combine${chain.combineFor}`
    chains.set(name, { ...chain, name })
  }
  for (const { id, spec } of streams) {
    if (spec.kind === 'narrow') {
      add({ base: spec.parent, end: id, steps: [id] })
      if (ends.has(id)) add({ end: id, ...chainTo(id, streams) })
    }
    if (spec.kind === 'shuffled') {
      add({ base: spec.parent, end: spec.parent, combineFor: id, steps: [] })
      if (streams[spec.parent]?.persist === true) continue
      const { base, steps } = chainTo(spec.parent, streams)
      add({ base, end: spec.parent, combineFor: id, steps })
    }
  }
  return [...chains.values()]
}

/** The streams whose records are needed as such: what is not on the way to narrow streams alone. */
function findEnds(streams: readonly PlanStream[], outputs: ReadonlySet<StreamId>): ReadonlySet<StreamId> {
  const ends = new Set(outputs)
  const passed = new Set<StreamId>()
  for (const { id, spec, persist, checkpointMs } of streams) {
    if (persist || checkpointMs !== undefined) ends.add(id)
    for (const parent of parentsOf(spec)) (spec.kind === 'narrow' ? passed : ends).add(parent)
  }
  for (const { id } of streams) if (!passed.has(id)) ends.add(id)
  return ends
}

/** The narrow streams up to and with `end` that may run in one loop: a persisted stream on the way is materialised, so it is the base. */
function chainTo(
  end: StreamId,
  streams: readonly PlanStream[],
): { readonly base: StreamId; readonly steps: readonly StreamId[] } {
  const steps: StreamId[] = []
  let base = end
  for (let stream = streams[end]; stream?.spec.kind === 'narrow'; stream = streams[base]) {
    if (stream.persist && base !== end) break
    steps.push(base)
    const [parent] = parentsOf(stream.spec)
    if (parent === undefined) break
    base = parent
  }
  return { base, steps: steps.reverse() }
}
