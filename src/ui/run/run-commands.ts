import { isBusy, type RunPhase } from '#ui/state/run-phase.ts'
import type { Consent } from '#ui/state/session-store.ts'
import type { WordId } from '#ui/words/catalogue.ts'

/** All that decides what a person may ask of the run now. */
export interface Situation {
  readonly phase: RunPhase
  /** The clock of the run that is on, else the one chosen for the next. */
  readonly clock: 'virtual' | 'real'
  readonly runnable: boolean
  readonly consent: Consent
  /** The sandbox failed its own test. */
  readonly refused: boolean
  /** Another tab owns the document, or it may not be changed before its code is agreed to. */
  readonly followed: boolean
}

export type RunCommand = 'run' | 'pause' | 'resume' | 'step' | 'stop' | 'restart' | 'setClock' | 'setSpeed'

/** Why a command makes no sense now, in words; undefined: it does. */
export function whyNot(command: RunCommand, situation: Situation): WordId | undefined {
  const { phase, clock, followed, consent } = situation
  if (followed) return consent === 'given' ? 'tabs.whyFollows' : 'run.why.consent'
  switch (command) {
    case 'run':
      return isBusy(phase) ? busyReason(phase) : whyNotStart(situation)
    case 'restart':
      return whyNotStart(situation) ?? (phase === 'stopping' ? 'run.why.stopping' : undefined)
    case 'pause':
      if (phase === 'running') return clock === 'real' ? 'run.why.realClock' : undefined
      return isBusy(phase) ? busyReason(phase) : 'run.why.notRunning'
    case 'resume':
      return phase === 'paused' ? undefined : 'run.why.notPaused'
    case 'step':
      if (clock === 'real') return 'run.why.stepRealClock'
      if (phase === 'paused' || phase === 'running') return undefined
      return isBusy(phase) ? busyReason(phase) : whyNotStart(situation)
    case 'stop':
      // Also while it stops: a graceful stop may take for ever, and one that cannot wait overtakes it.
      return isBusy(phase) ? undefined : 'run.why.notRunning'
    case 'setSpeed':
      return clock === 'real' ? 'run.why.speedRealClock' : undefined
    case 'setClock':
      return isBusy(phase) ? 'run.why.clockWhileRunning' : undefined
  }
}

function whyNotStart({ runnable, consent, refused }: Situation): WordId | undefined {
  if (refused) return 'run.why.refused'
  if (consent !== 'given') return 'run.why.consent'
  return runnable ? undefined : 'run.why.problems'
}

function busyReason(phase: RunPhase): WordId {
  if (phase === 'starting') return 'run.why.starting'
  if (phase === 'stopping') return 'run.why.stopping'
  return phase === 'recovering' ? 'run.why.recovering' : 'run.why.running'
}
