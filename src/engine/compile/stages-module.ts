import type { StreamId } from '#engine/operator/stream-spec.ts'
import { parentsOf } from './parents.ts'
import type { Chain, PlanStream } from './plan.ts'
import { printChain } from './print-chain.ts'

/** Text of the module with one loop per chain, unique per plan so that V8 keeps feedback per plan (same text would share it).
 *  Each chain comes twice where it has several steps: fused, and step by step for finding the step that hangs.
 *  Shape: `export default (functions, kernel) => Record<chain name, loop>`; the loops' own shape is in print-chain.ts */
export function stagesModule(
  streams: readonly PlanStream[],
  title: string,
): { readonly text: string; readonly chains: readonly Chain[] } {
  const chains = findChains(streams)
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

function findChains(streams: readonly PlanStream[]): readonly Chain[] {
  const chains = new Map<string, Chain>()
  const add = (chain: Omit<Chain, 'name'>): void => {
    const name =
      chain.combineFor === undefined ? `from${chain.base}to${chain.end}` : `from${chain.base}combine${chain.combineFor}`
    chains.set(name, { ...chain, name })
  }
  for (const { id, spec } of streams) {
    if (spec.kind === 'narrow') {
      add({ base: spec.parent, end: id, steps: [id] })
      const { base, steps } = chainTo(id, streams)
      add({ base, end: id, steps })
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

/** The narrow streams up to and with `end` that may run in one loop: a persisted stream on the way is materialised, so it is the base. */
function chainTo(
  end: StreamId,
  streams: readonly PlanStream[],
): { readonly base: StreamId; readonly steps: readonly StreamId[] } {
  const steps: StreamId[] = []
  let base = end
  for (let stream = streams[end]; stream?.spec.kind === 'narrow'; stream = streams[base]) {
    if (stream.persist && base !== end) break
    steps.unshift(base)
    const [parent] = parentsOf(stream.spec)
    if (parent === undefined) break
    base = parent
  }
  return { base, steps }
}
