import type { BrowserFiles } from './browser-files.ts'
import { listOpfsPipelines, OpfsOutputFiles } from './opfs-output-files.ts'
import { PageOutputFiles } from './page-output-files.ts'

const opened = new Map<string, Promise<BrowserFiles>>()

/** The saved files of a pipeline in this browser, or, where the browser has no place for them, in this worker. */
export function openBrowserFiles(pipelineId: string): Promise<BrowserFiles> {
  const known = opened.get(pipelineId) ?? open(pipelineId)
  opened.set(pipelineId, known)
  return known
}

/** Ids of the pipelines that have saved files which outlive the page. */
export async function listFilePipelines(): Promise<readonly string[]> {
  try {
    return await listOpfsPipelines(await navigator.storage.getDirectory())
  } catch {
    return []
  }
}

async function open(pipelineId: string): Promise<BrowserFiles> {
  try {
    // Missing outside https and localhost, refused in some private windows.
    const root = await navigator.storage.getDirectory()
    if ('createSyncAccessHandle' in FileSystemFileHandle.prototype) return new OpfsOutputFiles(root, pipelineId)
  } catch {
    return new PageOutputFiles()
  }
  return new PageOutputFiles()
}
