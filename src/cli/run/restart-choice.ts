import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { isSameProgram } from '#engine/compile/same-program.ts'
import { type Program, stateFates } from '#engine/compile/state-fates.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { StateFate } from '#engine/model/state-fate.ts'

/** How a run begins whose directory holds a checkpoint of another version of the document. */
export const restarts = ['saved', 'fresh', 'keep'] as const
export type Restart = (typeof restarts)[number]

/** Beside the engine's entries: the streams of the plan, because --collect may add streams. */
export const STREAMS_KEY = 'cli/streams'

export function printStreams(plan: Plan): string {
  return JSON.stringify([...streamKeys(plan)].sort())
}

export interface RestartOptions {
  readonly checkpointDir: string
  readonly clock: 'manual' | 'real'
  readonly restart?: Restart
}

/** What a run does with the checkpoint it finds: the saved document goes on, also when only names, notes or places differ; or what was
 *  chosen.
 *  Fails: the document differs and nothing was chosen, or the checkpoint is of another clock */
export function chooseRestart(
  { checkpointDir, clock, restart }: RestartOptions,
  edited: Program,
  saved: Program | undefined,
  { metadata }: StoredRun,
): Result<Restart> {
  if (restart === 'fresh') return ok('fresh')
  const refuse = (what: string, hint: string): Result<never> =>
    err([problem('cli/other-checkpoint', `--checkpoint-dir: ${checkpointDir} holds a checkpoint ${what}.`, { hint })])
  if (saved === undefined)
    return refuse('of a document that cannot be read any more', 'Add --restart fresh: the checkpoint is then replaced.')
  const storedClock = metadata.clock.kind === 'real' ? 'real' : 'manual'
  if (storedClock !== clock) return refuse(`of a run with --clock ${storedClock}`, `Add --clock ${storedClock}.`)
  if (isSameProgram(saved.pipeline, edited.pipeline)) return ok('saved')
  if (restart !== undefined) return ok(restart)
  return refuse('of another version of this document, or of other settings', describeChoices(stateFates(saved, edited)))
}

/** Another --collect would need states that were never made. */
export function refuseOtherCollect(
  checkpointDir: string,
  plan: Plan,
  noted: string | undefined,
): Diagnostic | undefined {
  if (noted === undefined || noted === printStreams(plan)) return undefined
  const message = `--checkpoint-dir: ${checkpointDir} holds a checkpoint of a run that collected other nodes.`
  return problem('cli/other-checkpoint', message, { hint: 'Give the same --collect as before.' })
}

function describeChoices(fates: readonly StateFate[]): string {
  const names = (kept: boolean): string =>
    fates
      .filter(({ lost }) => (lost === undefined) === kept)
      .map(({ node }) => node)
      .join(', ')
  const [kept, lost] = [names(true), names(false)]
  const states = fates.length === 0 ? 'it has no states' : `keeps: ${kept || 'none'}; loses: ${lost || 'none'}`
  return [
    'Say how to go on',
    '--restart saved runs the document that the checkpoint holds',
    '--restart fresh starts anew and replaces the checkpoint',
    `--restart keep runs this document with the states of the nodes that have not changed (${states})`,
  ].join('; ')
}
