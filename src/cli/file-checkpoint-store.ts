import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
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

/** A checkpoint directory as one append-only file in `dir`, which is made when missing. Each step is on disk when its write
 *  resolves; a process killed at any moment leaves the steps before that moment, the last one whole or not at all.
 *  Nothing keeps a second process from using the same directory.
 *  Fails: rejects with the file system's error */
export async function openFileCheckpointStore(
  dir: string,
  { onWarning, leastCompactedBytes = LEAST_COMPACTED_BYTES }: FileCheckpointOptions = {},
): Promise<FileCheckpointStore> {
  await mkdir(dir, { recursive: true })
  await rm(join(dir, NEW_JOURNAL), { force: true }) // a compaction that did not come to its end
  const path = join(dir, JOURNAL)
  const file = await open(path, 'a+')
  const text = await readFile(path)
  const { steps, bytes } = parseJournal(text)
  if (bytes < text.length) {
    const lost = text.length - bytes
    onWarning?.(`${path}: the last ${lost} bytes are torn or corrupt; going on from the ${steps.length} steps before.`)
    await file.truncate(bytes)
    await file.sync()
  }
  await syncDirectory(dir)
  return new FileCheckpointStore(dir, { file, steps, bytes, leastCompactedBytes })
}

interface OpenJournal {
  readonly file: FileHandle
  readonly steps: readonly CheckpointStep[]
  readonly bytes: number
  readonly leastCompactedBytes: number
}

/** See openFileCheckpointStore. */
export class FileCheckpointStore implements CheckpointStore {
  private readonly dir: string
  private readonly leastCompactedBytes: number
  private readonly entries = new Map<string, string>()
  private file: FileHandle
  /** Bytes of the steps in the file. */
  private bytes: number
  /** Behind `bytes` the file may hold part of a step that could not be stored. */
  private torn = false
  private last: Promise<unknown> = Promise.resolve()

  constructor(dir: string, { file, steps, bytes, leastCompactedBytes }: OpenJournal) {
    this.dir = dir
    this.file = file
    this.bytes = bytes
    this.leastCompactedBytes = leastCompactedBytes
    for (const step of steps) applyStep(this.entries, step)
  }

  read(): Promise<ReadonlyMap<string, string>> {
    return this.next(async () => new Map(this.entries))
  }

  write(step: CheckpointStep): Promise<void> {
    return this.next(async () => {
      await this.append(printStep(step))
      applyStep(this.entries, step)
      const live = sizeOf(this.entries)
      // Twice the live bytes: each byte is rewritten about once in its life.
      if (this.bytes > Math.max(this.leastCompactedBytes, 2 * live)) await this.compact()
    })
  }

  clear(): Promise<void> {
    return this.next(async () => {
      await this.file.truncate(0)
      await this.file.sync()
      this.bytes = 0
      this.entries.clear()
    })
  }

  /** Waits for the steps under way. */
  close(): Promise<void> {
    return this.next(() => this.file.close())
  }

  private next<T>(action: () => Promise<T>): Promise<T> {
    const done = this.last.then(action)
    this.last = done.catch(() => undefined)
    return done
  }

  private async append(line: Buffer): Promise<void> {
    if (this.torn) await this.cutOff()
    try {
      await this.file.appendFile(line)
      await this.file.sync()
    } catch (error) {
      // A full disk may have taken half a line; later steps must not stand behind it.
      this.torn = true
      await this.cutOff().catch(() => undefined)
      throw error
    }
    this.bytes += line.length
  }

  private async cutOff(): Promise<void> {
    await this.file.truncate(this.bytes)
    this.torn = false
  }

  /** Writes what is live to a new file and puts it in the place of the old one: a kill leaves one of the two. */
  private async compact(): Promise<void> {
    const path = join(this.dir, NEW_JOURNAL)
    let file: FileHandle | undefined
    let bytes = 0
    try {
      file = await open(path, 'ax+')
      for (const entry of this.entries) {
        const line = printStep({ put: new Map([entry]), remove: [] })
        await file.appendFile(line)
        bytes += line.length
      }
      await file.sync()
      await rename(path, join(this.dir, JOURNAL))
    } catch {
      // The step itself is stored: the old file goes on, and the next step tries again.
      await file?.close()
      await rm(path, { force: true })
      return
    }
    const old = this.file
    this.file = file
    this.bytes = bytes
    await old.close()
    await syncDirectory(this.dir)
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
async function syncDirectory(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}
