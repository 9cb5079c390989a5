import { readFile } from 'node:fs/promises'
import { problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** A file's text. `what` names it in the message.
 *  Fails: cli/unreadable */
export async function readText(path: string, what: string): Promise<Result<string>> {
  try {
    return ok(await readFile(path, 'utf8'))
  } catch (error) {
    return err([problem('cli/unreadable', `${what} cannot be read: ${explainFileError(error, path)}.`)])
  }
}

/** What the file system has against a path, as half a sentence. */
export function explainFileError(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EACCES: 'may not be opened',
    EPERM: 'may not be opened',
    EISDIR: 'is a directory',
    ENOTDIR: 'is no directory',
    EEXIST: 'is no directory',
    EROFS: 'is on a disk that is read-only',
    ENOSPC: 'has no room left',
  }
  return `${path} ${known[code] ?? `gives an error, ${error instanceof Error ? error.message : String(error)}`}`
}
