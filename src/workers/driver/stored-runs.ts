import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { parseRunFile, printRunFile } from '#engine/checkpoint/run-file.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { StoredCheckpoint } from '#protocol/driver-service.ts'
import type { CarriedRun, PipelineUse } from '#protocol/stored-run.ts'
import { listCheckpointedPipelines, openIdbCheckpointStore } from './idb-checkpoint-store.ts'
import { listFilePipelines, openBrowserFiles } from './open-browser-files.ts'

// What the page asks of runs that are stored and do not run now.

const UNREADABLE =
  'The checkpoint of this pipeline cannot be read, neither the newest nor the one before: it will start afresh. What is left of it is set aside.'

/** What can be gone on with. `warn` hears of a checkpoint that is there and cannot be read. */
export async function findStoredCheckpoint(
  pipelineId: string,
  warn: (message: string) => void,
): Promise<StoredCheckpoint | undefined> {
  const entries = await (await openIdbCheckpointStore(pipelineId)).read()
  const stored = readStoredRun(entries)
  if (stored === undefined && entries.size > 0) warn(UNREADABLE)
  if (stored === undefined) return undefined
  const { checkpointMs, savedAtMs, running, clock, machineCores } = stored.metadata
  const { kind, speed, paused } = clock
  return {
    pipelineId,
    checkpointMs,
    savedAtMs,
    running,
    clock: kind,
    speed,
    paused,
    machineCores,
    bytes: sizeOf(entries),
  }
}

/** The checkpoint as the text of a run file; of a run that is on, as of its last step. */
export async function exportRun(pipelineId: string): Promise<Result<string, readonly Diagnostic[]>> {
  const entries = await (await openIdbCheckpointStore(pipelineId)).read()
  return printRunFile(entries, Date.now())
}

/** Looks at a run file and stores nothing. */
export function readRun(text: string): Result<CarriedRun, readonly Diagnostic[]> {
  const parsed = parseRunFile(text)
  if (!parsed.ok) return parsed
  const { pipeline, checkpointMs, savedAtMs } = parsed.value
  return ok({ pipeline, checkpointMs, savedAtMs })
}

/** Makes the run of a file the checkpoint of this pipeline, in place of any other. */
export async function importRun(
  pipelineId: string,
  fence: string,
  text: string,
): Promise<Result<void, readonly Diagnostic[]>> {
  const parsed = parseRunFile(text)
  if (!parsed.ok) return parsed
  try {
    const store = await openIdbCheckpointStore(pipelineId, fence)
    await store.clear()
    await store.write({ put: parsed.value.entries, remove: [] })
    return ok(undefined)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return err([{ code: 'run-file/not-stored', severity: 'error', message: `The run cannot be stored: ${message}.` }])
  }
}

/** What every pipeline takes, those first that take most. */
export async function measureStorage(): Promise<readonly PipelineUse[]> {
  const uses = new Map<string, { checkpointBytes: number; fileBytes: number }>()
  const entryOf = (pipelineId: string): { checkpointBytes: number; fileBytes: number } => {
    const use = uses.get(pipelineId) ?? { checkpointBytes: 0, fileBytes: 0 }
    uses.set(pipelineId, use)
    return use
  }
  for (const id of await listCheckpointedPipelines())
    entryOf(id).checkpointBytes = sizeOf(await (await openIdbCheckpointStore(id)).read())
  for (const id of await listFilePipelines())
    entryOf(id).fileBytes = (await (await openBrowserFiles(id)).list(0)).totals.bytes
  return [...uses]
    .map(([pipelineId, use]) => ({ pipelineId, ...use }))
    .sort((a, b) => b.checkpointBytes + b.fileBytes - a.checkpointBytes - a.fileBytes)
}

/** Characters, which are bytes for the most part. */
function sizeOf(entries: ReadonlyMap<string, string>): number {
  let bytes = 0
  for (const [key, text] of entries) bytes += key.length + text.length
  return bytes
}
