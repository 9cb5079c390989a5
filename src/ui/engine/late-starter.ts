import type { RunStarter, StarterOptions } from './run-starter.ts'

/** What a person may ask of a run that does not run yet. */
export type Starter = Pick<RunStarter, 'start' | 'restart' | 'step' | 'resume'>

/** A RunStarter whose code comes when it is first asked. */
export function lateStarter(options: StarterOptions): Starter {
  let loading: Promise<RunStarter> | undefined
  const starter = (): Promise<RunStarter> => {
    loading ??= import('./run-starter.ts').then(({ RunStarter }) => new RunStarter(options))
    return loading
  }
  return {
    start: async () => (await starter()).start(),
    restart: async () => (await starter()).restart(),
    step: async () => (await starter()).step(),
    resume: async () => (await starter()).resume(),
  }
}
