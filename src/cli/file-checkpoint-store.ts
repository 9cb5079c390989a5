import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseJournal, printStep } from '#cli/checkpoint/journal.ts'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'

const JOURNAL = 'journal'
const NEW_JOURNAL = 'journal.new'
/** Below this many bytes a journal is not worth compacting. */
const LEAST_COMPACTED_BYTES = 4_000_000

export interface FileCheckpointOptions {
  /** Told in one sentence what of the file was not usable and is dropped. */
  readonly onWarning?: (message: string) => void
  readonly leastCompactedBytes?: number
}

/** A checkpoint directory as one append-only file in `dir`, which is made when missing. A process killed at any moment leaves the
 *  steps before that moment, the last one whole or not at all.
 *  Nothing keeps a second process from using the same directory.
 *  Fails: rejects with the file system's error */
export async function openFileCheckpointStore(
  dir: string,
  { onWarning, leastCompactedBytes = LEAST_COMPACTED_BYTES }: FileCheckpointOptions = {},
): Promise<FileCheckpointStore> {
  mkdirSync(dir, { recursive: true })
  rmSync(join(dir, NEW_JOURNAL), { force: true }) // a compaction that did not come to its end
  const path = join(dir, JOURNAL)
  const file = openSync(path, 'a')
  const text = readFileSync(path)
  const { steps, bytes } = parseJournal(text)
  if (bytes < text.length) {
    const lost = text.length - bytes
    onWarning?.(`${path}: the last ${lost} bytes are torn or corrupt; going on from the ${steps.length} steps before.`)
    ftruncateSync(file, bytes)
    fsyncSync(file)
  }
  syncDirectory(dir)
  return new FileCheckpointStore(dir, { file, steps, bytes, leastCompactedBytes })
}

interface OpenJournal {
  /** File descriptor. */
  readonly file: number
  readonly steps: readonly CheckpointStep[]
  readonly bytes: number
  readonly leastCompactedBytes: number
}

/** See openFileCheckpointStore. Writes block the process until they are on disk: otherwise virtual time would run ahead of the
 *  disk, and a run would lose as many batches as fit into one write. */
export class FileCheckpointStore implements CheckpointStore {
  private readonly dir: string
  private readonly leastCompactedBytes: number
  private readonly entries = new Map<string, string>()
  private file: number
  /** Bytes of the steps in the file. */
  private bytes: number
  /** Behind `bytes` the file may hold part of a step that could not be stored. */
  private torn = false

  constructor(dir: string, { file, steps, bytes, leastCompactedBytes }: OpenJournal) {
    this.dir = dir
    this.file = file
    this.bytes = bytes
    this.leastCompactedBytes = leastCompactedBytes
    for (const step of steps) applyStep(this.entries, step)
  }

  async read(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.entries)
  }

  async write(step: CheckpointStep): Promise<void> {
    this.append(printStep(step))
    applyStep(this.entries, step)
    // Twice the live bytes: each byte is rewritten about once in its life.
    if (this.bytes > Math.max(this.leastCompactedBytes, 2 * sizeOf(this.entries))) this.compact()
  }

  async clear(): Promise<void> {
    ftruncateSync(this.file, 0)
    fsyncSync(this.file)
    this.bytes = 0
    this.torn = false
    this.entries.clear()
  }

  close(): void {
    closeSync(this.file)
  }

  private append(line: Buffer): void {
    if (this.torn) this.cutOff()
    try {
      writeFileSync(this.file, line)
      fsyncSync(this.file)
    } catch (error) {
      // A full disk may have taken half a line; later steps must not stand behind it.
      this.torn = true
      this.cutOff()
      throw error
    }
    this.bytes += line.length
  }

  private cutOff(): void {
    ftruncateSync(this.file, this.bytes)
    this.torn = false
  }

  /** Writes what is live to a new file and puts it in the place of the old one: a kill leaves one of the two. */
  private compact(): void {
    const path = join(this.dir, NEW_JOURNAL)
    let file: number | undefined
    let bytes = 0
    try {
      file = openSync(path, 'ax')
      for (const entry of this.entries) {
        const line = printStep({ put: new Map([entry]), remove: [] })
        writeFileSync(file, line)
        bytes += line.length
      }
      fsyncSync(file)
      renameSync(path, join(this.dir, JOURNAL))
    } catch {
      // The step itself is stored: the old file goes on, and the next step tries again.
      if (file !== undefined) closeSync(file)
      rmSync(path, { force: true })
      return
    }
    closeSync(this.file)
    this.file = file
    this.bytes = bytes
    syncDirectory(this.dir)
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

/** Makes a rename or a new file last; a directory cannot be synced everywhere, and then nothing more can be done. */
function syncDirectory(dir: string): void {
  try {
    const handle = openSync(dir, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    return
  }
}
