import type { StoredRun } from '#engine/checkpoint/entries.ts'
import { RealClock } from '#engine/runtime/driver/clock/real-clock.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import type { StartRequest } from '#protocol/driver-service.ts'
import { workerTimers } from './worker-timers.ts'

/** The clock of a run, which stands where the stored one stood. */
export function makeClock({ clock }: StartRequest, stored: StoredRun | undefined): RealClock | VirtualClock {
  const { kind, speed, paused } = clock
  if (kind === 'real') return new RealClock(workerTimers)
  return new VirtualClock(workerTimers, { speed, paused, nowMs: stored?.metadata.checkpointMs ?? 0 })
}
