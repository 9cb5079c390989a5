import type { RunStore } from '#ui/state/run-store.ts'
import { askToKeep } from './storage-status.ts'

/** Asks the browser once to keep what is stored: when a run has its first checkpoint, and the person has done something here. A page that was only
 *  looked at asks for nothing. */
export function keepWhenWorth(run: RunStore): void {
  const stop = run.subscribe((after, before) => {
    // Absent in older browsers, which the type does not say.
    const activation = navigator.userActivation as UserActivation | undefined
    if (after.checkpoint === before.checkpoint || after.checkpoint === undefined) return
    if (activation?.hasBeenActive === false) return
    stop()
    void askToKeep()
  })
}
