import type { OutputFiles, SavedPart } from './output-files.ts'

/** Output directories that live as long as the process: for tests, and where there is no other place. */
export class MemoryOutputFiles implements OutputFiles {
  /** Directory → parts, in the order in which they were saved last. */
  readonly directories = new Map<string, readonly SavedPart[]>()

  async save(directory: string, parts: readonly SavedPart[]): Promise<void> {
    this.directories.delete(directory)
    this.directories.set(directory, parts)
  }
}
