import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { explainFileError } from '#cli/run/read-text.ts'
import { type OutputFiles, partName, type SavedPart, SUCCESS_FILE } from '#engine/runtime/driver/files/output-files.ts'

/** Where a directory is put together before it takes its place; a name that no output directory can have. */
const UNFINISHED = '.sluice-unfinished'
/** What an output directory may hold; one that holds anything else is not ours to replace. */
const OURS = /^(?:part-\d{5,}|_SUCCESS)$/

/** Output directories below `root`. A directory is built beside its place and then renamed: a process killed at any moment leaves it whole, or
 *  not there at all. Blocks the process until it is written, so that virtual time does not run ahead of the disk. */
export class DiskOutputFiles implements OutputFiles {
  private readonly root: string

  constructor(root: string) {
    this.root = root
  }

  async save(directory: string, parts: readonly SavedPart[]): Promise<void> {
    const place = join(this.root, directory)
    const unfinished = join(dirname(place), UNFINISHED)
    try {
      refuseForeign(place)
      rmSync(unfinished, { recursive: true, force: true })
      mkdirSync(unfinished, { recursive: true })
      parts.forEach(({ text }, part) => {
        writeFileSync(join(unfinished, partName(part)), text)
      })
      writeFileSync(join(unfinished, SUCCESS_FILE), '')
      rmSync(place, { recursive: true, force: true })
      renameSync(unfinished, place)
    } catch (error) {
      if (error instanceof ForeignDirectory) throw error
      throw new Error(`${explainFileError(error, place)}.`, { cause: error })
    }
  }
}

class ForeignDirectory extends Error {}

/** Somebody else's files are never deleted. */
function refuseForeign(place: string): void {
  const found = lstatSync(place, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory()) throw new ForeignDirectory(`${place} exists and is no directory: move it away.`)
  const foreign = readdirSync(place).find((name) => !OURS.test(name))
  if (foreign === undefined) return
  throw new ForeignDirectory(
    `${place} holds "${foreign}", which no save has written: move it away, or give --files another place.`,
  )
}
