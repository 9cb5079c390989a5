import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { DiskOutputFiles } from '#cli/disk-output-files.ts'
import { openFileCheckpointStore } from '#cli/file-checkpoint-store.ts'
import type { RunCommand } from '#cli/options/parse-command.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import type { CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import { printDiagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import { chooseCollected } from './choose-collected.ts'
import { findCheckpoint } from './find-checkpoint.ts'
import { loadDocument } from './load-document.ts'
import { overrideSettings } from './override-settings.ts'
import { type InputFeeds, parseInput } from './parse-input.ts'
import { explainFileError, readText } from './read-text.ts'

/** Everything a run needs, read and checked. */
export interface PreparedRun {
  readonly pipeline: Pipeline
  readonly plan: Plan
  /** What `local[*]` stands for. */
  readonly machineCores: number
  readonly store: CheckpointStore
  /** Takes what output operations save. */
  readonly files: OutputFiles
  /** What the store held: the run goes on from there. */
  readonly stored: StoredRun | undefined
  /** What made the checkpoint, when it hands its states to an edited document. */
  readonly saved?: Program
}

/** Reads what the command names and compiles the document. What deserves a warning there is told, and stops nothing.
 *  Fails: everything that the user can mend before a run */
export async function prepareRun(command: RunCommand, warn: (message: string) => void): Promise<Result<PreparedRun>> {
  const document = await loadDocument(command.path)
  if (!document.ok) return document
  const pipeline = overrideSettings(document.value, settingsOf(command))
  if (!pipeline.ok) return pipeline
  const checked = checkPipeline(pipeline.value)
  const feeds = await readInput(command.inputPath, checked)
  const collect = chooseCollected(checked, command.collect)
  const dir = checkDirectory(command, pipeline.value)
  // All that is wrong at once: the options first, then the document.
  const lower = (document: Pipeline, machineCores: number, collected: readonly string[]): Result<Plan> =>
    lowerPipeline(document, { machineCores, feeds: feeds.ok ? feeds.value : {}, collect: collected })
  const cores = availableParallelism()
  const compiled = lower(pipeline.value, cores, collect.ok ? collect.value : (command.collect ?? []))
  const problems = [feeds, collect, dir, compiled].flatMap((each) => (each.ok ? [] : each.error))
  if (problems.length > 0 || !compiled.ok) return err(problems)
  for (const each of checked.diagnostics) if (each.severity === 'warning') warn(printDiagnostic(each))
  const opened = openFiles(command, compiled.value)
  if (!opened.ok) return opened
  const files = opened.value
  if (command.checkpointDir === undefined) {
    const store = new MemoryCheckpointStore()
    return ok({ pipeline: pipeline.value, plan: compiled.value, machineCores: cores, store, files, stored: undefined })
  }
  const openedStore = await openStore(command.checkpointDir, warn)
  if (!openedStore.ok) return openedStore
  const compile = (saved: Pipeline, machineCores: number): Result<Plan> => {
    const own = saved === pipeline.value
    const collected = own ? collect : chooseCollected(checkPipeline(saved), command.collect)
    return collected.ok ? lower(saved, machineCores, collected.value) : collected
  }
  const found = await findCheckpoint(openedStore.value, { ...command, checkpointDir: command.checkpointDir }, compile, {
    pipeline: pipeline.value,
    plan: compiled.value,
  })
  if (!found.ok) return found
  return ok({ machineCores: cores, ...found.value, store: openedStore.value, files })
}

/** --checkpoint-dir sets a checkpoint directory, whatever the document says; --conf may still say no. A batch may take long:
 *  in this process nothing could replace an executor that is only slow. */
function settingsOf({ conf, checkpointDir }: RunCommand): RunCommand['conf'] {
  return [
    ['sluice.batchDeadline', '24h'],
    ...(checkpointDir === undefined ? [] : [['checkpoint', 'true'] as const]),
    ...conf,
  ]
}

/** Without --files a directory of the document's own, beside it. A wrong place costs nothing: it is tried before anything runs. */
function openFiles({ path, filesDir }: RunCommand, plan: Plan): Result<OutputFiles> {
  const dir = filesDir ?? `${path.replace(/\.json$/i, '')}.files`
  try {
    if (plan.outputs.some(({ action }) => action.kind === 'save')) mkdirSync(dir, { recursive: true })
    return ok(new DiskOutputFiles(dir))
  } catch (error) {
    const hint = 'Give another one with --files.'
    return err([
      problem('cli/files', `The directory for saved files cannot be used: ${explainFileError(error, dir)}.`, { hint }),
    ])
  }
}

function checkDirectory({ checkpointDir }: RunCommand, pipeline: Pipeline): Result<void> {
  if (checkpointDir === undefined || pipeline.settings.checkpoint) return ok(undefined)
  return err([
    problem('cli/checkpoint-off', '--conf checkpoint=false switches off what --checkpoint-dir asks for.', {
      hint: 'Give one of them.',
    }),
  ])
}

async function readInput(path: string | undefined, checked: CheckedPipeline): Promise<Result<InputFeeds>> {
  if (path === undefined) return ok({})
  const text = await readText(path, '--input')
  return text.ok ? parseInput(text.value, checked) : text
}

async function openStore(dir: string, warn: (message: string) => void): Promise<Result<CheckpointStore>> {
  try {
    return ok(await openFileCheckpointStore(dir, { onWarning: warn }))
  } catch (error) {
    return err([problem('cli/checkpoint-dir', `--checkpoint-dir cannot be used: ${explainFileError(error, dir)}.`)])
  }
}
