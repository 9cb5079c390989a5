import { join } from 'node:path'
import { type Disk, nodeDisk } from '#cli/checkpoint/disk.ts'
import { JOURNAL, parseJournal, printStep } from '#cli/checkpoint/journal.ts'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'

const NEW_JOURNAL = 'journal.new'
/** What could not be read of a journal, for whoever wants to look into it. */
const DAMAGED = 'journal.damaged'
/** Below this many bytes a journal is not worth compacting. */
const LEAST_COMPACTED_BYTES = 4_000_000

export interface FileCheckpointOptions {
  /** Told in one sentence what of the file was not usable and is dropped. */
  readonly onWarning?: (message: string) => void
  readonly leastCompactedBytes?: number
  readonly disk?: Disk
}

/** A checkpoint directory as one append-only file in `dir`, which is made when missing. A process killed at any moment leaves the
 *  steps before that moment, the last one whole or not at all.
 *  Nothing keeps a second process from using the same directory.
 *  Fails: rejects with the file system's error */
export async function openFileCheckpointStore(
  dir: string,
  { onWarning, leastCompactedBytes = LEAST_COMPACTED_BYTES, disk = nodeDisk }: FileCheckpointOptions = {},
): Promise<FileCheckpointStore> {
  disk.makeDirectory(dir)
  disk.remove(join(dir, NEW_JOURNAL)) // a compaction that did not come to its end
  const path = join(dir, JOURNAL)
  const file = disk.open(path)
  const text = disk.read(path)
  const { steps, bytes } = parseJournal(text)
  if (bytes < text.length) {
    const lost = text.length - bytes
    const kept = keepDamaged(disk, join(dir, DAMAGED), text.subarray(bytes)) ? ` They are kept in ${DAMAGED}.` : ''
    onWarning?.(
      `${path}: the last ${lost} bytes are torn or corrupt; going on from the ${steps.length} steps before.${kept}`,
    )
    disk.truncate(file, bytes)
  }
  // Of a process that was killed the last steps may be in the file and not on the disk.
  disk.sync(file)
  disk.syncDirectory(dir)
  return new FileCheckpointStore(dir, { file, steps, bytes, leastCompactedBytes, disk })
}

function keepDamaged(disk: Disk, path: string, bytes: Buffer): boolean {
  try {
    disk.remove(path)
    const file = disk.open(path)
    disk.append(file, bytes)
    disk.close(file)
    return true
  } catch {
    return false
  }
}

interface OpenJournal {
  /** File descriptor. */
  readonly file: number
  readonly steps: readonly CheckpointStep[]
  readonly bytes: number
  readonly leastCompactedBytes: number
  readonly disk: Disk
}

/** See openFileCheckpointStore. Writes block the process until they are on disk, but for lax ones: otherwise virtual time would run ahead of the
 *  disk, and a run would lose as many batches as fit into one write. */
export class FileCheckpointStore implements CheckpointStore {
  private readonly dir: string
  private readonly leastCompactedBytes: number
  private readonly disk: Disk
  private readonly entries = new Map<string, string>()
  private file: number
  /** Bytes of the steps in the file. */
  private bytes: number
  /** Behind `bytes` the file may hold part of a step that could not be stored. */
  private torn = false

  constructor(dir: string, { file, steps, bytes, leastCompactedBytes, disk }: OpenJournal) {
    this.dir = dir
    this.file = file
    this.bytes = bytes
    this.leastCompactedBytes = leastCompactedBytes
    this.disk = disk
    for (const step of steps) applyStep(this.entries, step)
  }

  async read(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.entries)
  }

  async write(step: CheckpointStep): Promise<void> {
    this.append(printStep(step), step.isLax === true)
    applyStep(this.entries, step)
    // Twice the live bytes: each byte is rewritten about once in its life.
    if (this.bytes > Math.max(this.leastCompactedBytes, 2 * sizeOf(this.entries))) this.compact()
  }

  async clear(): Promise<void> {
    this.disk.truncate(this.file, 0)
    this.disk.sync(this.file)
    this.bytes = 0
    this.torn = false
    this.entries.clear()
  }

  close(): void {
    this.disk.close(this.file)
  }

  private append(line: Buffer, isLax: boolean): void {
    if (this.torn) this.cutOff()
    try {
      this.disk.append(this.file, line)
      if (!isLax) this.disk.sync(this.file)
    } catch (error) {
      // A full disk may have taken half a line; later steps must not stand behind it.
      this.torn = true
      this.cutOff()
      throw error
    }
    this.bytes += line.length
  }

  private cutOff(): void {
    this.disk.truncate(this.file, this.bytes)
    this.torn = false
  }

  /** Writes what is live to a new file and puts it in the place of the old one: a kill leaves one of the two. */
  private compact(): void {
    const path = join(this.dir, NEW_JOURNAL)
    let file: number | undefined
    let bytes = 0
    try {
      this.disk.remove(path)
      file = this.disk.open(path)
      for (const entry of this.entries) {
        const line = printStep({ put: new Map([entry]), remove: [] })
        this.disk.append(file, line)
        bytes += line.length
      }
      this.disk.sync(file)
      this.disk.rename(path, join(this.dir, JOURNAL))
    } catch {
      // The step itself is stored: the old file goes on, and the next step tries again.
      if (file !== undefined) this.disk.close(file)
      this.removeIfPossible(path)
      return
    }
    this.disk.close(this.file)
    this.file = file
    this.bytes = bytes
    this.disk.syncDirectory(this.dir)
  }

  /** What is left over is removed when the directory is opened again. */
  private removeIfPossible(path: string): void {
    try {
      this.disk.remove(path)
    } catch {
      return
    }
  }
}

function applyStep(entries: Map<string, string>, { put, remove }: CheckpointStep): void {
  for (const key of remove) entries.delete(key)
  for (const [key, value] of put) entries.set(key, value)
}

/** Characters, which stand for the bytes of mostly plain JSON text. */
function sizeOf(entries: ReadonlyMap<string, string>): number {
  let size = 0
  for (const [key, value] of entries) size += key.length + value.length
  return size
}
