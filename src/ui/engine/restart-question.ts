import { createStore } from 'zustand/vanilla'
import type { CheckpointComparison } from '#protocol/driver-service.ts'

/** How a run begins whose checkpoint is of another version of the document: with that version, anew, or with its states. */
export const restartChoices = ['keep', 'saved', 'fresh'] as const
export type RestartChoice = (typeof restartChoices)[number]

export interface RestartQuestion {
  readonly comparison: CheckpointComparison
  /** The document checkpoints, so that it can take states over. */
  readonly canKeep: boolean
  /** Undefined: nothing is to start. `always` answers for this pipeline from now on. */
  answer(choice: RestartChoice | undefined, always: boolean): void
}

/** The question that waits for a person, if any. */
export const restartQuestion = createStore<{ readonly question: RestartQuestion | undefined }>()(() => ({
  question: undefined,
}))
