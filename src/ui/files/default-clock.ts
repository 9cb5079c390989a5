import type { CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import type { ClockChoice } from '#ui/state/session-store.ts'

/** Real time for a pipeline that waits for something outside, virtual time for one that makes its own data. */
export function defaultClock(checked: CheckedPipeline): ClockChoice {
  const waits = [...checked.nodes.values()].some((node) => node.live && node.bound?.isReceiver === true)
  return { kind: waits ? 'real' : 'virtual', speed: 1 }
}
