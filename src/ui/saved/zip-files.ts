import { invariant } from '#engine/model/invariant.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { SavedDirectory } from '#protocol/saved-files.ts'

/** Files that are read ahead of the packing. */
const AHEAD = 16

interface Entry {
  readonly path: string
  readonly savedAtMs: number
  text(): Promise<Result<string, string>>
}

/** Directories as one zip file, with their `_SUCCESS`. Of the files that are not packed yet only a few are in memory.
 *  Fails: what `read` says of the first file that cannot be read */
export async function zipFiles(
  directories: readonly SavedDirectory[],
  read: (path: string) => Promise<Result<string, string>>,
): Promise<Result<Blob, string>> {
  const { strToU8, Zip, ZipDeflate } = await import('fflate')
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let fault: Error | undefined
  const zip = new Zip((error, chunk) => {
    if (error !== null) fault = error
    // fflate makes its chunks itself, never over shared memory.
    else chunks.push(chunk as Uint8Array<ArrayBuffer>)
  })
  const entries = directories.flatMap((directory) => entriesOf(directory, read))
  const ahead = entries.slice(0, AHEAD).map((entry) => entry.text())
  for (const [index, { path, savedAtMs }] of entries.entries()) {
    const text = await ahead.shift()
    const next = entries[index + AHEAD]?.text()
    if (next !== undefined) ahead.push(next)
    invariant(text !== undefined, 'every entry is read before it is packed')
    if (!text.ok) return text
    const entry = new ZipDeflate(path)
    entry.mtime = savedAtMs
    zip.add(entry)
    entry.push(strToU8(text.value), true)
  }
  zip.end()
  if (fault !== undefined) throw fault
  return ok(new Blob(chunks, { type: 'application/zip' }))
}

function entriesOf(
  { name, parts, whole, savedAtMs }: SavedDirectory,
  read: (path: string) => Promise<Result<string, string>>,
): readonly Entry[] {
  const files = parts.map((part): Entry => {
    const path = `${name}/${part.name}`
    return { path, savedAtMs, text: () => read(path) }
  })
  return whole ? [...files, { path: `${name}/_SUCCESS`, savedAtMs, text: async () => ok('') }] : files
}
