import type { Page } from 'playwright-core'

/** What one output saved of one batch. */
export interface Saved {
  /** Its prefix. */
  readonly name: string
  readonly timeMs: number
  /** Of all partitions, in order. */
  readonly rows: readonly string[]
}

/** All that is in the page's private files and has its _SUCCESS. */
export async function readSaved(page: Page): Promise<readonly Saved[]> {
  const found = await page.evaluate(readAll)
  return found.map(({ directory, text }) => {
    const [, name = '', time = ''] = /^(.*)-(\d+)$/.exec(directory) ?? []
    return { name, timeMs: Number(time), rows: text === '' ? [] : text.trimEnd().split('\n') }
  })
}

/** Runs in the page. */
async function readAll(): Promise<{ directory: string; text: string }[]> {
  const found: { directory: string; text: string }[] = []
  const readParts = async (directory: FileSystemDirectoryHandle): Promise<string | undefined> => {
    const files = new Map<string, FileSystemFileHandle>()
    for await (const [name, handle] of directory.entries()) if (handle.kind === 'file') files.set(name, handle)
    if (![...files.keys()].some((name) => name.includes('_SUCCESS'))) return undefined
    const parts = [...files].filter(([name]) => name.startsWith('part-')).sort(([a], [b]) => (a < b ? -1 : 1))
    const texts = await Promise.all(parts.map(async ([, handle]) => (await handle.getFile()).text()))
    return texts.join('')
  }
  const walk = async (directory: FileSystemDirectoryHandle): Promise<void> => {
    for await (const [name, handle] of directory.entries()) {
      if (handle.kind !== 'directory') continue
      if (!/-\d+$/.test(name)) {
        await walk(handle)
        continue
      }
      const text = await readParts(handle)
      if (text !== undefined) found.push({ directory: name, text })
    }
  }
  await walk(await navigator.storage.getDirectory())
  return found
}
