import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import { partName, type SavedPart, SUCCESS_FILE } from '#engine/runtime/driver/files/output-files.ts'
import type { SavedDirectory, SavedFiles } from '#protocol/saved-files.ts'
import { type BrowserFiles, summarizeFiles } from './browser-files.ts'

/** Saved files that live as long as this worker, for browsers that have no place for them. */
export class PageOutputFiles implements BrowserFiles {
  readonly kept = 'page'
  private readonly files = new MemoryOutputFiles()
  private readonly listed = new Map<string, SavedDirectory>()

  async save(directory: string, parts: readonly SavedPart[]): Promise<void> {
    await this.files.save(directory, parts)
    this.listed.delete(directory)
    this.listed.set(directory, describeDirectory(directory, parts))
  }

  async list(most: number): Promise<SavedFiles> {
    return summarizeFiles([...this.listed.values()], most, this.kept)
  }

  async read(path: string): Promise<string> {
    const cut = path.lastIndexOf('/')
    const name = path.slice(cut + 1)
    const parts = this.files.directories.get(path.slice(0, cut))
    const text = name === SUCCESS_FILE ? '' : parts?.find((_, part) => partName(part) === name)?.text
    if (parts === undefined || text === undefined) throw new Error(`There is no file "${path}".`)
    return text
  }

  async delete(directory?: string): Promise<void> {
    for (const files of [this.files.directories, this.listed]) {
      if (directory === undefined) files.clear()
      else files.delete(directory)
    }
  }
}

/** How a directory that is saved now is listed. */
export function describeDirectory(name: string, parts: readonly SavedPart[]): SavedDirectory {
  const encoder = new TextEncoder()
  return {
    name,
    savedAtMs: Date.now(),
    parts: parts.map(({ text, records }, part) => ({
      name: partName(part),
      bytes: encoder.encode(text).length,
      records,
    })),
    whole: true,
  }
}
