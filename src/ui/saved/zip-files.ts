import { ok, type Result } from '#engine/model/result.ts'
import type { SavedDirectory } from '#protocol/saved-files.ts'

/** Directories as one zip file, with their `_SUCCESS`. Files are read one after another, so that only the packed ones are in memory.
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
  const add = (path: string, text: string, savedAtMs: number): void => {
    const entry = new ZipDeflate(path)
    entry.mtime = savedAtMs
    zip.add(entry)
    entry.push(strToU8(text), true)
  }
  for (const { name, parts, whole, savedAtMs } of directories) {
    for (const part of parts) {
      const text = await read(`${name}/${part.name}`)
      if (!text.ok) return text
      add(`${name}/${part.name}`, text.value, savedAtMs)
    }
    if (whole) add(`${name}/_SUCCESS`, '', savedAtMs)
  }
  zip.end()
  if (fault !== undefined) throw fault
  return ok(new Blob(chunks, { type: 'application/zip' }))
}
