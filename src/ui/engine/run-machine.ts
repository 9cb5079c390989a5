import type { RunPhase } from '#ui/state/run-phase.ts'

/** What happens to a run: asked by a person, or told by driver and executors. */
export type RunHappening =
  | { readonly kind: 'startAsked' }
  | { readonly kind: 'startRefused' }
  | { readonly kind: 'started'; readonly paused: boolean }
  /** The driver's clock was heard. */
  | { readonly kind: 'clockHeard'; readonly paused: boolean }
  | { readonly kind: 'stopAsked' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'executorsLost' }
  | { readonly kind: 'executorsAttached'; readonly paused: boolean }
  | { readonly kind: 'driverDied' }
  /** Another document was opened. */
  | { readonly kind: 'left' }

/** The phase after something happened; what makes no sense in a phase (a message that crossed another) changes nothing. */
export function nextPhase(phase: RunPhase, happening: RunHappening): RunPhase {
  switch (happening.kind) {
    case 'startAsked':
      return phase === 'idle' || phase === 'stopped' ? 'starting' : phase
    case 'startRefused':
      return phase === 'starting' || phase === 'recovering' ? 'stopped' : phase
    case 'started':
      return phase === 'starting' || phase === 'recovering' ? moving(happening.paused) : phase
    case 'clockHeard':
      return phase === 'running' || phase === 'paused' ? moving(happening.paused) : phase
    case 'stopAsked':
      return phase === 'idle' || phase === 'stopped' ? phase : 'stopping'
    case 'stopped':
      return phase === 'idle' ? phase : 'stopped'
    case 'executorsLost':
      return phase === 'running' || phase === 'paused' ? 'recovering' : phase
    case 'executorsAttached':
      return phase === 'recovering' ? moving(happening.paused) : phase
    case 'driverDied':
      // A driver that dies while it stops has stopped.
      if (phase === 'stopping') return 'stopped'
      return phase === 'idle' || phase === 'stopped' ? phase : 'recovering'
    case 'left':
      return 'idle'
  }
}

function moving(paused: boolean): RunPhase {
  return paused ? 'paused' : 'running'
}
