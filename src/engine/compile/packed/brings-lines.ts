import type { PlanStream } from '#engine/compile/plan.ts'

/** Whether a source's blocks are texts of lines. */
export function bringsLines(stream: PlanStream | undefined): boolean {
  if (stream?.spec.kind !== 'source' || stream.persist) return false
  const { feed } = stream.spec
  if (feed.kind !== 'receiver') return false
  const { receiver } = feed
  return receiver.kind === 'manual' || (receiver.kind === 'webSocket' && receiver.split === 'lines' && !receiver.json)
}
