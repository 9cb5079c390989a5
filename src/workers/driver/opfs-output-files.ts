import * as v from 'valibot'
import { partName, type SavedPart, SUCCESS_FILE } from '#engine/runtime/driver/files/output-files.ts'
import type { SavedDirectory, SavedFile, SavedFiles } from '#protocol/saved-files.ts'
import { type BrowserFiles, summarizeFiles } from './browser-files.ts'

/** Below the root of this origin's private files; a directory for each pipeline in it. */
const ROOT = 'sluice-files'

/** Ids of the pipelines that have saved anything there. */
export async function listOpfsPipelines(root: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const name of (await root.getDirectoryHandle(ROOT, { create: true })).keys())
    ids.push(decodeURIComponent(name))
  return ids
}

/** What `_SUCCESS` holds here, so that a list need not open every file. To everyone outside it is empty. */
const manifestOf = v.object({
  savedAtMs: v.number(),
  parts: v.array(v.object({ bytes: v.number(), records: v.number() })),
})

/** The saved files of one pipeline in the origin's private file system.
 *  Nothing keeps a second tab from using the same pipeline's files. */
export class OpfsOutputFiles implements BrowserFiles {
  readonly kept = 'browser'
  private readonly root: FileSystemDirectoryHandle
  private readonly pipelineId: string
  /** Saved first first; undefined until somebody asks. */
  private listed: Map<string, SavedDirectory> | undefined
  /** The last change that was asked for, and the reads since; none of them rejects. */
  private changing: Promise<unknown> = Promise.resolve()
  private readonly reading = new Set<Promise<unknown>>()

  constructor(root: FileSystemDirectoryHandle, pipelineId: string) {
    this.root = root
    this.pipelineId = encodeURIComponent(pipelineId)
  }

  save(directory: string, parts: readonly SavedPart[]): Promise<void> {
    return this.alone(async () => {
      const { listed } = this
      // Until all is written nobody knows what is there.
      this.listed = undefined
      const { parent, name } = await this.placeOf(directory)
      await remove(parent, name)
      const place = await parent.getDirectoryHandle(name, { create: true })
      const files: SavedFile[] = []
      for (const [part, { text, records }] of parts.entries()) {
        const bytes = await write(place, partName(part), text)
        files.push({ name: partName(part), bytes, records })
      }
      const savedAtMs = Date.now()
      await write(place, SUCCESS_FILE, JSON.stringify({ savedAtMs, parts: files }))
      listed?.delete(directory)
      listed?.set(directory, { name: directory, savedAtMs, parts: files, whole: true })
      this.listed = listed
    })
  }

  list(most: number): Promise<SavedFiles> {
    return this.alone(async () => {
      this.listed ??= await this.scan()
      return summarizeFiles([...this.listed.values()], most, this.kept)
    })
  }

  read(path: string): Promise<string> {
    return this.beside(async () => {
      const { parent, name } = await this.placeOf(path, false)
      const file = await (await parent.getFileHandle(name)).getFile()
      return name === SUCCESS_FILE ? '' : await file.text()
    })
  }

  delete(directory?: string): Promise<void> {
    return this.alone(async () => {
      if (directory === undefined) {
        await remove(await this.root.getDirectoryHandle(ROOT, { create: true }), this.pipelineId)
        this.listed?.clear()
        return
      }
      const { parent, name } = await this.placeOf(directory)
      await remove(parent, name)
      this.listed?.delete(directory)
    })
  }

  /** Alone: a file that is being read or written cannot be replaced. */
  private alone<T>(act: () => Promise<T>): Promise<T> {
    const turn = Promise.all([this.changing, ...this.reading])
      .then(act)
      .catch(rethrow)
    this.changing = turn.catch(() => {})
    return turn
  }

  /** Beside other reads, after the changes asked for before. */
  private beside<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.changing.then(act).catch(rethrow)
    const done = turn.then(
      () => void this.reading.delete(done),
      () => void this.reading.delete(done),
    )
    this.reading.add(done)
    return turn
  }

  private async ownDirectory(): Promise<FileSystemDirectoryHandle> {
    const all = await this.root.getDirectoryHandle(ROOT, { create: true })
    return all.getDirectoryHandle(this.pipelineId, { create: true })
  }

  private async placeOf(
    path: string,
    create = true,
  ): Promise<{ readonly parent: FileSystemDirectoryHandle; readonly name: string }> {
    const names = path.split('/')
    const name = names.pop() ?? ''
    let parent = await this.ownDirectory()
    for (const each of names) parent = await parent.getDirectoryHandle(each, { create })
    return { parent, name }
  }

  private async scan(): Promise<Map<string, SavedDirectory>> {
    const found: SavedDirectory[] = []
    await scanBelow(await this.ownDirectory(), '', found)
    found.sort((a, b) => a.savedAtMs - b.savedAtMs || a.name.localeCompare(b.name, 'en', { numeric: true }))
    return new Map(found.map((directory) => [directory.name, directory]))
  }
}

/** Adds every output directory below `place`, whose own path is `path` (empty, or ending with a slash). */
async function scanBelow(place: FileSystemDirectoryHandle, path: string, found: SavedDirectory[]): Promise<void> {
  for await (const child of place.values()) {
    if (child.kind !== 'directory') continue
    const name = `${path}${child.name}`
    const directory = (await readManifest(child, name)) ?? (await readUnfinished(child, name))
    if (directory === undefined) await scanBelow(child, `${name}/`, found)
    else found.push(directory)
  }
}

async function readManifest(place: FileSystemDirectoryHandle, name: string): Promise<SavedDirectory | undefined> {
  try {
    const file = await (await place.getFileHandle(SUCCESS_FILE)).getFile()
    const manifest = v.safeParse(manifestOf, JSON.parse(await file.text()))
    if (!manifest.success) return undefined
    const { savedAtMs, parts } = manifest.output
    return { name, savedAtMs, parts: parts.map((part, index) => ({ name: partName(index), ...part })), whole: true }
  } catch {
    // There is none, or the save broke off while it was written.
    return undefined
  }
}

/** A directory whose save broke off; undefined when it holds other directories only. */
async function readUnfinished(place: FileSystemDirectoryHandle, name: string): Promise<SavedDirectory | undefined> {
  const parts: SavedFile[] = []
  let savedAtMs = 0
  let isParent = false
  for await (const child of place.values()) {
    if (child.kind === 'directory') isParent = true
    if (child.kind !== 'file' || child.name === SUCCESS_FILE) continue
    const { size, lastModified } = await child.getFile()
    savedAtMs = Math.max(savedAtMs, lastModified)
    parts.push({ name: child.name, bytes: size, records: undefined })
  }
  if (isParent || parts.length === 0) return undefined
  parts.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  return { name, savedAtMs, parts, whole: false }
}

/** Gives the number of bytes. */
async function write(place: FileSystemDirectoryHandle, name: string, text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text)
  const handle = await place.getFileHandle(name, { create: true })
  const access = await handle.createSyncAccessHandle()
  try {
    access.truncate(0)
    if (access.write(bytes, { at: 0 }) < bytes.length) throw new DOMException(name, 'QuotaExceededError')
    access.flush()
  } finally {
    access.close()
  }
  return bytes.length
}

/** Also when there is nothing of that name. */
async function remove(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await parent.removeEntry(name, { recursive: true })
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error
  }
}

function rethrow(error: unknown): never {
  throw new Error(explain(error), { cause: error })
}

function explain(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError')
    return 'this browser has no room left for files: delete some in the Files tab, or free disk space.'
  if (name === 'NotFoundError') return 'the file is no longer there.'
  return `this browser refused to store files: ${error instanceof Error ? error.message : String(error)}`
}
