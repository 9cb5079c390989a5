import type { SavedDirectory } from '#protocol/saved-files.ts'

/** One line of the tree. */
export type TreeRow =
  | { readonly kind: 'directory'; readonly path: string; readonly directory: SavedDirectory; readonly open: boolean }
  | {
      readonly kind: 'file'
      /** Of its directory, a slash, and its name. */
      readonly path: string
      readonly directory: SavedDirectory
      readonly name: string
      readonly bytes: number
      /** Of `_SUCCESS` and of a broken-off save: unknown. */
      readonly records: number | undefined
      /** From 1, among `siblings`. */
      readonly place: number
      readonly siblings: number
    }

/** The lines that are seen: every directory, and the files of the open ones. */
export function listRows(directories: readonly SavedDirectory[], open: ReadonlySet<string>): readonly TreeRow[] {
  return directories.flatMap((directory): readonly TreeRow[] => {
    const isOpen = open.has(directory.name)
    const head: TreeRow = { kind: 'directory', path: directory.name, directory, open: isOpen }
    return isOpen ? [head, ...listFiles(directory)] : [head]
  })
}

function listFiles(directory: SavedDirectory): readonly TreeRow[] {
  const success = directory.whole ? [{ name: '_SUCCESS', bytes: 0, records: undefined }] : []
  const files = [...directory.parts, ...success]
  return files.map((file, index) => ({
    kind: 'file',
    path: `${directory.name}/${file.name}`,
    directory,
    ...file,
    place: index + 1,
    siblings: files.length,
  }))
}

/** What a key does in the tree, as ARIA's practices for trees say. */
export type TreeStep =
  | { readonly kind: 'select'; readonly path: string }
  | { readonly kind: 'open' | 'close'; readonly path: string }

/** The step that `key` asks for from the selected line; undefined when it asks for none. */
export function stepFor(key: string, rows: readonly TreeRow[], selected: string | undefined): TreeStep | undefined {
  const at = rows.findIndex((row) => row.path === selected)
  const row = rows[at]
  const select = (index: number): TreeStep | undefined => {
    const path = rows[Math.min(rows.length - 1, Math.max(0, index))]?.path
    return path === undefined || path === selected ? undefined : { kind: 'select', path }
  }
  switch (key) {
    case 'ArrowDown':
      return select(at + 1)
    case 'ArrowUp':
      return select(at - 1)
    case 'Home':
      return select(0)
    case 'End':
      return select(rows.length - 1)
    case 'ArrowRight':
      if (row?.kind !== 'directory') return undefined
      return row.open ? select(at + 1) : { kind: 'open', path: row.path }
    case 'ArrowLeft':
      if (row?.kind === 'file') return { kind: 'select', path: row.directory.name }
      return row?.open === true ? { kind: 'close', path: row.path } : undefined
    case 'Enter':
    case ' ':
      if (row?.kind !== 'directory') return undefined
      return { kind: row.open ? 'close' : 'open', path: row.path }
    default:
      return undefined
  }
}

export interface DirectoryTotals {
  readonly bytes: number
  /** Undefined where the save broke off. */
  readonly records: number | undefined
}

export function totalsOf({ parts }: SavedDirectory): DirectoryTotals {
  let bytes = 0
  let records: number | undefined = 0
  for (const part of parts) {
    bytes += part.bytes
    records = records === undefined || part.records === undefined ? undefined : records + part.records
  }
  return { bytes, records }
}
