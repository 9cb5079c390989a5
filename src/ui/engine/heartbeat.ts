// Pure. A call to a worker that died never settles, so silence is the only sign of its death. A sleeping laptop or a
// throttled background tab is silent too, on both sides: only silence that this page was awake to hear counts.

/** How often the page looks, and asks. */
export const BEAT_MS = 1000
/** Silence after which the driver counts as dead. */
export const DEAD_AFTER_MS = 3000
/** A beat later than this after the one before means that the page itself slept. */
const ASLEEP_AFTER_MS = 2500

export interface Pulse {
  /** Wall ms of the last beat. */
  readonly beatMs: number
  /** Silence heard while awake. */
  readonly silentMs: number
}

/** The pulse of a driver that was just started. */
export function freshPulse(nowMs: number): Pulse {
  return { beatMs: nowMs, silentMs: 0 }
}

/** The pulse after one beat; `heard`: the driver said anything since the beat before. */
export function beat(pulse: Pulse, nowMs: number, heard: boolean): Pulse {
  const passedMs = nowMs - pulse.beatMs
  const awake = passedMs >= 0 && passedMs <= ASLEEP_AFTER_MS
  return { beatMs: nowMs, silentMs: heard || !awake ? 0 : pulse.silentMs + passedMs }
}

export function isDead(pulse: Pulse): boolean {
  return pulse.silentMs >= DEAD_AFTER_MS
}
