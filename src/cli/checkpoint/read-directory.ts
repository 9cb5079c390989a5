import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainFileError } from '#cli/run/read-text.ts'
import { problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { JOURNAL, parseJournal } from './journal.ts'

/** The entries of a checkpoint directory as they are at this moment, without changing anything in it.
 *  Fails: cli/checkpoint-dir */
export function readCheckpointDirectory(dir: string): Result<ReadonlyMap<string, string>> {
  const entries = new Map<string, string>()
  try {
    for (const { put, remove } of parseJournal(readFileSync(join(dir, JOURNAL))).steps) {
      for (const key of remove) entries.delete(key)
      for (const [key, text] of put) entries.set(key, text)
    }
    return ok(entries)
  } catch (error) {
    return err([
      problem('cli/checkpoint-dir', `--checkpoint-dir holds no checkpoint: ${explainFileError(error, dir)}.`),
    ])
  }
}
