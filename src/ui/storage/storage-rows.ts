import type { PipelineUse } from '#protocol/stored-run.ts'
import type { Library } from '#ui/files/library.ts'

/** What one pipeline takes of this browser's storage. */
export interface StorageRow {
  readonly id: string
  /** Undefined: its document is gone, and only this is left of it. */
  readonly name: string | undefined
  /** The document and its earlier versions. */
  readonly draftBytes: number
  readonly checkpointBytes: number
  /** What is left of a damaged run. */
  readonly asideBytes: number
  readonly fileBytes: number
}

/** Every pipeline that takes anything, those first that take most. */
export async function listStorageRows(library: Library, uses: readonly PipelineUse[]): Promise<readonly StorageRow[]> {
  const useOf = new Map(uses.map((use) => [use.pipelineId, use]))
  const rows: StorageRow[] = []
  for (const { id, name, text } of await library.documents()) {
    const versions = await library.versions(id)
    const draftBytes = versions.reduce((sum, version) => sum + version.text.length, text.length)
    const { checkpointBytes = 0, asideBytes = 0, fileBytes = 0 } = useOf.get(id) ?? {}
    rows.push({ id, name, draftBytes, checkpointBytes, asideBytes, fileBytes })
    useOf.delete(id)
  }
  for (const { pipelineId: id, ...use } of useOf.values()) {
    const row = { id, name: undefined, draftBytes: 0, ...use }
    if (totalOf(row) > 0) rows.push(row)
  }
  return rows.sort((a, b) => totalOf(b) - totalOf(a))
}

export function totalOf({ draftBytes, checkpointBytes, asideBytes, fileBytes }: StorageRow): number {
  return draftBytes + checkpointBytes + asideBytes + fileBytes
}
