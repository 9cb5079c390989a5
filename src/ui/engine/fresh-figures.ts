import type { Incident } from '#engine/model/incident.ts'
import type { StartRequest } from '#protocol/driver-service.ts'
import { EMPTY_RUN, type RunFigures } from '#ui/state/run-store.ts'

/** The figures of a run that is asked to start. One that goes on keeps what happened to it; `recalled`: what the page remembers of before it was
 *  loaded. */
export function freshFigures(
  { phase, driverRestarts, driverReason, incidents }: RunFigures,
  { pipeline, from }: StartRequest,
  recalled: readonly Incident[],
): RunFigures {
  const goesOn = phase === 'recovering'
  const kept = goesOn || from === 'resume' ? [...incidents, ...recalled] : []
  return {
    ...EMPTY_RUN,
    phase,
    ...(goesOn ? { driverRestarts, driverReason } : {}),
    // Where there is no checkpoint nothing more will come of a death.
    incidents: from === 'fresh' ? kept.map((each) => ({ ...each, settled: true })) : kept,
    pipeline,
    pool: { kind: 'opening' },
  }
}
