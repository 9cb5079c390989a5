import { parseRunFile, printRunFile } from '#engine/checkpoint/run-file.ts'
import { isSetAside, printRemains } from '#engine/checkpoint/set-aside.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { CarriedRun, PipelineUse } from '#protocol/stored-run.ts'
import { deleteEntries, listCheckpointedPipelines, openIdbCheckpointStore } from './idb-checkpoint-store.ts'
import { listFilePipelines, openBrowserFiles } from './open-browser-files.ts'
import { sizeOf } from './size-of.ts'

// What the page asks of stored runs now and then; loaded with the first question.

/** The checkpoint as the text of a run file; of a run that is on, as of its last step. */
export async function exportRun(pipelineId: string): Promise<Result<string, readonly Diagnostic[]>> {
  const entries = await (await openIdbCheckpointStore(pipelineId)).read()
  return printRunFile(entries, Date.now())
}

/** What was set aside of a damaged run, as a text; undefined when there is none. */
export async function remains(pipelineId: string, act: 'read' | 'delete'): Promise<string | undefined> {
  const entries = await (await openIdbCheckpointStore(pipelineId)).read()
  if (act === 'read') return printRemains(entries, Date.now())
  await deleteEntries(pipelineId, [...entries.keys()].filter(isSetAside))
  return undefined
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
  const uses = new Map<string, { checkpointBytes: number; asideBytes: number; fileBytes: number }>()
  const entryOf = (pipelineId: string): { checkpointBytes: number; asideBytes: number; fileBytes: number } => {
    const use = uses.get(pipelineId) ?? { checkpointBytes: 0, asideBytes: 0, fileBytes: 0 }
    uses.set(pipelineId, use)
    return use
  }
  for (const id of await listCheckpointedPipelines()) {
    const entries = await (await openIdbCheckpointStore(id)).read()
    entryOf(id).asideBytes = sizeOf(new Map([...entries].filter(([key]) => isSetAside(key))))
    entryOf(id).checkpointBytes = sizeOf(entries) - entryOf(id).asideBytes
  }
  for (const id of await listFilePipelines())
    entryOf(id).fileBytes = (await (await openBrowserFiles(id)).list(0)).totals.bytes
  return [...uses].map(([pipelineId, use]) => ({ pipelineId, ...use })).sort((a, b) => totalOf(b) - totalOf(a))
}

function totalOf({ checkpointBytes, asideBytes, fileBytes }: PipelineUse): number {
  return checkpointBytes + asideBytes + fileBytes
}
