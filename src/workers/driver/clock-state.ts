import type { ClockState } from '#engine/model/run-state.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'

export function clockState({ clock, zeroMs }: StreamingContext): ClockState {
  return { kind: clock.kind, paused: clock.paused, speed: clock.speed, nowMs: clock.now(), zeroMs }
}
