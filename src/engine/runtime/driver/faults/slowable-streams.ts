import type { Plan, PlanStream } from '#engine/compile/plan.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'

/** Kinds whose partitions executors compute by themselves; narrow streams run inside of one loop with those above them. */
const own: readonly StreamKind[] = [
  'state',
  'mapWithState',
  'reducedWindow',
  'shuffled',
  'cogrouped',
  'windowed',
  'repartitioned',
  'transformed',
]

/** One stream for each node of which a single partition can be slowed: state first, then other exchanges, then what outputs show. */
export function slowableStreams({ streams, outputs }: Plan): readonly PlanStream[] {
  const roots = new Set(outputs.map(({ stream }) => stream))
  const found = new Map<string, PlanStream>()
  const rank = ({ spec }: PlanStream): number => (own.includes(spec.kind) ? own.indexOf(spec.kind) : own.length)
  const candidates = streams.filter(({ id, spec }) => own.includes(spec.kind) || roots.has(id))
  for (const stream of candidates.sort((a, b) => rank(a) - rank(b)))
    if (!found.has(stream.node)) found.set(stream.node, stream)
  return [...found.values()]
}
