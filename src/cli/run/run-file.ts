// A run as a file, on its way between browsers and checkpoint directories.
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { readCheckpointDirectory } from '#cli/checkpoint/read-directory.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { holdsRun } from '#engine/checkpoint/entries.ts'
import { parseRunFile, printRunFile, type RunFile } from '#engine/checkpoint/run-file.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { MAX_RUN_BYTES } from '#engine/model/limits.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { explainFileError } from './read-text.ts'

/** Reads a run file, which may be a stranger's.
 *  Fails: cli/unreadable, and as parseRunFile */
export async function openRunFile(path: string): Promise<Result<RunFile>> {
  let packed: Buffer
  try {
    packed = await readFile(path)
  } catch (error) {
    return err([problem('cli/unreadable', `--from cannot be read: ${explainFileError(error, path)}.`)])
  }
  try {
    const bytes = await promisify(gunzip)(packed, { maxOutputLength: MAX_RUN_BYTES })
    return parseRunFile(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return err([explainPacking(error)])
  }
}

function explainPacking(error: unknown): Diagnostic {
  const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  if (!isLarge) return problem('run-file/damaged', '--from: this is no run that Sluice has saved, or it is damaged.')
  const mebibytes = MAX_RUN_BYTES / 1024 / 1024
  return problem('run-file/too-large', `--from: this run takes more than ${mebibytes} MiB unpacked.`)
}

/** Makes the run of a file the checkpoint of a directory that holds none.
 *  Fails: cli/checkpoint-taken */
export async function putRun(store: CheckpointStore, { entries }: RunFile, dir: string): Promise<Result<void>> {
  const before = await store.read()
  if (holdsRun(before)) {
    return err([
      problem('cli/checkpoint-taken', `--checkpoint-dir: ${dir} holds a run already.`, {
        hint: 'Name another directory, or leave out --from to go on with the run that is there.',
      }),
    ])
  }
  await store.write({ put: entries, remove: [...before.keys()] })
  return ok(undefined)
}

/** Writes the run of a checkpoint directory into a file. The directory may be in use: it is only read.
 *  Fails: run-file/… codes, cli/checkpoint-dir, cli/out */
export async function exportRun(dir: string, path: string): Promise<Result<void>> {
  const entries = readCheckpointDirectory(dir)
  if (!entries.ok) return entries
  const text = printRunFile(entries.value, Date.now())
  if (!text.ok) return text
  try {
    await writeFile(path, await promisify(gzip)(text.value))
    return ok(undefined)
  } catch (error) {
    return err([problem('cli/out', `--out cannot be written: ${explainFileError(error, path)}.`)])
  }
}
