import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import type { SavedDirectory, SavedFiles } from '#protocol/saved-files.ts'

/** Saved files of one pipeline that can be looked at. Every method rejects with a sentence for the user. */
export interface BrowserFiles extends OutputFiles {
  /** Where they are: they outlive the page in `browser` only. */
  readonly kept: SavedFiles['kept']
  /** The `most` directories that were saved last. */
  list(most: number): Promise<SavedFiles>
  /** The text of a file. */
  read(path: string): Promise<string>
  /** One directory, or all. */
  delete(directory?: string): Promise<void>
}

/** The answer to a list. Keeps the order of `directories`: saved first first. */
export function summarizeFiles(
  directories: readonly SavedDirectory[],
  most: number,
  kept: SavedFiles['kept'],
): SavedFiles {
  const totals = { directories: directories.length, bytes: 0, records: 0 }
  for (const { parts } of directories) {
    for (const { bytes, records = 0 } of parts) {
      totals.bytes += bytes
      totals.records += records
    }
  }
  return { directories: directories.slice(Math.max(0, directories.length - most)).reverse(), totals, kept }
}
