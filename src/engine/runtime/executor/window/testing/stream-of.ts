import type { Plan, PlanStream } from '#engine/compile/plan.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'

/** One of the streams that a node is made of. */
export function streamOf({ streams }: Plan, node: string, kind: StreamKind, place: 0 | 1 = 0): PlanStream {
  const stream = streams.filter((each) => each.node === node && each.spec.kind === kind)[place]
  if (stream === undefined) throw new Error(`${node} has a ${kind} stream`)
  return stream
}
