import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { DiskOutputFiles } from '#cli/disk-output-files.ts'
import { openFileCheckpointStore } from '#cli/file-checkpoint-store.ts'
import type { RunCommand } from '#cli/options/parse-command.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { RunFile } from '#engine/checkpoint/run-file.ts'
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
import { openRunFile, putRun } from './run-file.ts'

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
  readonly clock: RunCommand['clock']
}

/** Reads what the command names and compiles the document. What deserves a warning there is told, and stops nothing.
 *  Fails: everything that the user can mend before a run */
export async function prepareRun(given: RunCommand, warn: (message: string) => void): Promise<Result<PreparedRun>> {
  const opened = given.fromRun === true ? await openRunFile(given.path) : undefined
  if (opened?.ok === false) return opened
  const runFile = opened?.value
  const document = runFile === undefined ? await loadDocument(given.path) : ok(runFile.pipeline)
  if (!document.ok) return document
  const clock = given.isClockOpen === true && runFile !== undefined ? clockOf(runFile) : given.clock
  const command = { ...given, clock }
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
  const openedFiles = openFiles(command, compiled.value)
  if (!openedFiles.ok) return openedFiles
  const files = openedFiles.value
  const { checkpointDir = runFile === undefined ? undefined : command.path } = command
  if (checkpointDir === undefined) {
    const store = new MemoryCheckpointStore()
    const fresh = { pipeline: pipeline.value, plan: compiled.value, machineCores: cores, stored: undefined }
    return ok({ ...fresh, store, files, clock })
  }
  const openedStore = await openStore(command.checkpointDir, warn)
  if (!openedStore.ok) return openedStore
  const put = runFile === undefined ? ok(undefined) : await putRun(openedStore.value, runFile, checkpointDir)
  if (!put.ok) return put
  const compile = (saved: Pipeline, machineCores: number): Result<Plan> => {
    const own = saved === pipeline.value
    const collected = own ? collect : chooseCollected(checkPipeline(saved), command.collect)
    return collected.ok ? lower(saved, machineCores, collected.value) : collected
  }
  const found = await findCheckpoint(openedStore.value, { ...command, checkpointDir }, compile, {
    pipeline: pipeline.value,
    plan: compiled.value,
  })
  if (!found.ok) return found
  return ok({ machineCores: cores, ...found.value, store: openedStore.value, files, clock })
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
  const dir = filesDir ?? `${path.replace(/\.(json|sluice-run)$/i, '')}.files`
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

/** The clock by which a run was running. */
function clockOf({ entries }: RunFile): RunCommand['clock'] {
  return readStoredRun(entries)?.metadata.clock.kind === 'real' ? 'real' : 'manual'
}

/** Without a directory the run is kept for as long as the process lives. */
async function openStore(dir: string | undefined, warn: (message: string) => void): Promise<Result<CheckpointStore>> {
  if (dir === undefined) return ok(new MemoryCheckpointStore())
  try {
    return ok(await openFileCheckpointStore(dir, { onWarning: warn }))
  } catch (error) {
    return err([problem('cli/checkpoint-dir', `--checkpoint-dir cannot be used: ${explainFileError(error, dir)}.`)])
  }
}
