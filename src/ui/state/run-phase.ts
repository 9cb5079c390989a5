/** Where a run is, as a person sees it:
 *  idle      nothing has run since the document was opened
 *  starting  the driver compiles, executors open
 *  running   batches are made
 *  paused    the virtual clock stands; a step makes one batch
 *  stopping  a stop was asked for and is not done
 *  stopped   the context is STOPPED; its figures stay on the screen
 *  recovering executors or driver died and are being rebuilt */
export type RunPhase = 'idle' | 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'recovering'

/** A context exists: nothing else can be started beside it. */
export function isBusy(phase: RunPhase): boolean {
  return phase !== 'idle' && phase !== 'stopped'
}
