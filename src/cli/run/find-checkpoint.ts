import { fitPartitions } from '#engine/checkpoint/carry-over.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { beginAnew } from '#engine/checkpoint/set-aside.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { treatedAs } from '#engine/compile/same-program.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import { problem } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { chooseRestart, printStreams, type RestartOptions, refuseOtherCollect, STREAMS_KEY } from './restart-choice.ts'

/** What a run begins with. */
export interface FoundCheckpoint extends Program {
  readonly machineCores?: number
  readonly stored: StoredRun | undefined
  /** What made the checkpoint, when it hands its states to an edited document. */
  readonly saved?: Program
}

/** Reads a checkpoint directory and decides what runs: the edited document afresh, the saved one, or the edited one with the saved states.
 *  Fails: see chooseRestart; a checkpoint that cannot be read */
export async function findCheckpoint(
  store: CheckpointStore,
  options: RestartOptions,
  compile: (pipeline: Pipeline, machineCores: number) => Result<Plan>,
  edited: Program,
): Promise<Result<FoundCheckpoint>> {
  const entries = await store.read()
  const stored = readStoredRun(entries)
  if (stored === undefined && entries.size > 0 && options.restart !== 'fresh') {
    const message = `--checkpoint-dir: ${options.checkpointDir} holds a checkpoint that cannot be read.`
    const hint =
      'It is damaged, or of another version of Sluice. Add --restart fresh to start anew: what is left of it is set aside.'
    return err([problem('cli/other-checkpoint', message, { hint })])
  }
  if (stored === undefined) return beginFresh(store, edited)
  const { machineCores } = stored.metadata
  const saved = readSaved(stored, compile)
  const restart = chooseRestart(options, edited, saved, stored)
  if (!restart.ok) return restart
  if (restart.value === 'fresh' || saved === undefined) return beginFresh(store, edited)
  if (restart.value === 'saved') {
    const noted = entries.get(STREAMS_KEY)
    const other = refuseOtherCollect(options.checkpointDir, saved.plan, noted)
    if (other !== undefined) return err([other])
    // A run from elsewhere has collected nothing yet.
    if (noted === undefined) await noteStreams(store, saved.plan)
    return ok({ ...saved, pipeline: treatedAs(saved.pipeline, edited.pipeline), machineCores, stored })
  }
  const plan = compile(edited.pipeline, machineCores)
  if (!plan.ok) return plan
  await noteStreams(store, plan.value)
  return ok({ pipeline: edited.pipeline, plan: plan.value, machineCores, stored, saved })
}

async function beginFresh(store: CheckpointStore, edited: Program): Promise<Result<FoundCheckpoint>> {
  await beginAnew(store)
  await noteStreams(store, edited.plan)
  return ok({ ...edited, stored: undefined })
}

async function noteStreams(store: CheckpointStore, plan: Plan): Promise<void> {
  await store.write({ put: new Map([[STREAMS_KEY, printStreams(plan)]]), remove: [] })
}

/** The document of a checkpoint; undefined when it cannot be read any more. */
function readSaved(
  stored: StoredRun,
  compile: (pipeline: Pipeline, machineCores: number) => Result<Plan>,
): Program | undefined {
  const pipeline = parsePipeline(stored.metadata.pipeline)
  if (!pipeline.ok) return undefined
  const plan = compile(pipeline.value, stored.metadata.machineCores)
  return plan.ok ? { pipeline: pipeline.value, plan: fitPartitions(plan.value, stored) } : undefined
}
