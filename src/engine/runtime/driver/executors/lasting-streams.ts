import { parentsOf } from '#engine/compile/parents.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { StreamId, StreamKind } from '#engine/operator/stream-spec.ts'

/** Kinds whose RDDs are made from RDDs of earlier batches: their stream's own, and those of a window. */
const onEarlier: readonly StreamKind[] = ['state', 'mapWithState', 'reducedWindow']
const onWindow: readonly StreamKind[] = ['windowed', 'reducedWindow']

/** Streams whose RDDs later batches read; those of all others serve their own batch alone. */
export function lastingStreams({ streams }: Pick<Plan, 'streams'>): ReadonlySet<StreamId> {
  return new Set(
    streams.flatMap(({ id, spec }) => [
      ...(onEarlier.includes(spec.kind) ? [id] : []),
      ...(onWindow.includes(spec.kind) ? parentsOf(spec) : []),
    ]),
  )
}
