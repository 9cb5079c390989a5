import { useDocument, useRun, useSession } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import type { Situation } from './run-commands.ts'

/** What the run's buttons depend on. */
export function useSituation(): Situation {
  const phase = useRun((run) => run.phase)
  const runningClock = useRun((run) => run.clock?.kind)
  const refused = useRun((run) => run.pool.kind === 'refused')
  const chosenClock = useSession((session) => session.clock.kind)
  const consent = useSession((session) => session.consent)
  const runnable = useDocument((document) => document.checked.runnable)
  const followed = useDocument((document) => document.locked !== undefined)
  const clock = isBusy(phase) ? (runningClock ?? chosenClock) : chosenClock
  return { phase, clock, runnable, consent, refused, followed }
}
