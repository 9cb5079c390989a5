import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import type { BrowserFiles } from './browser-files.ts'

/** Most pipelines save nothing: what can is loaded for those that do. */
export const loadOpfs = () => import('./opfs-output-files.ts')

const opened = new Map<string, Promise<BrowserFiles>>()

/** The saved files of a pipeline in this browser, or, where the browser has no place for them, in this worker. */
export function openBrowserFiles(pipelineId: string): Promise<BrowserFiles> {
  const known = opened.get(pipelineId)
  if (known !== undefined) return known
  const files = open(pipelineId)
  opened.set(pipelineId, files)
  // What could not be loaded is tried again.
  files.catch(() => opened.delete(pipelineId))
  return files
}

/** The same, opened with the first save: most pipelines save nothing. */
export function openOnSave(pipelineId: string): OutputFiles {
  return { save: async (directory, parts) => (await openBrowserFiles(pipelineId)).save(directory, parts) }
}

/** Ids of the pipelines that have saved files which outlive the page. */
export async function listFilePipelines(): Promise<readonly string[]> {
  const { listOpfsPipelines } = await loadOpfs()
  try {
    return await listOpfsPipelines(await navigator.storage.getDirectory())
  } catch {
    return []
  }
}

async function open(pipelineId: string): Promise<BrowserFiles> {
  const root = await findRoot()
  if (root !== undefined) return new (await loadOpfs()).OpfsOutputFiles(root, pipelineId)
  return new (await import('./page-output-files.ts')).PageOutputFiles()
}

async function findRoot(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    // Missing outside https and localhost, refused in some private windows.
    const root = await navigator.storage.getDirectory()
    return 'createSyncAccessHandle' in FileSystemFileHandle.prototype ? root : undefined
  } catch {
    return undefined
  }
}
