// Vite plugin: what the page loads together comes in one file. Servers that speak HTTP/1.1 hand out six files at a time, and every further one
// would hold up the driver, which is asked for after them; besides, one file is smaller than the sum of its pieces after gzip.
import { fileURLToPath } from 'node:url'
import { normalizePath, type Plugin } from 'vite'

const fileOf = (name: string): string => normalizePath(fileURLToPath(new URL(`../../src/${name}`, import.meta.url)))

/** Chunk → the modules that begin it; what they import statically belongs to it, unless a chunk above has it. */
const CHUNKS: Readonly<Record<string, readonly string[]>> = {
  first: ['ui/main.tsx'],
  page: ['ui/shell/open-page.ts'],
  around: ['ui/shell/Dock.tsx', 'ui/shell/InspectorPanel.tsx', 'ui/canvas/figures/FigureLayer.tsx'],
}

/** As much of Rolldown's ModuleInfo as is used. */
interface Imports {
  readonly importedIds: readonly string[]
}

export type FindImports = (id: string) => Imports | null

export function fewFiles(): Plugin {
  let chunks: ReadonlyMap<string, string> = new Map()
  const name = (id: string): string | null => chunks.get(id) ?? null
  return {
    name: 'sluice:few-files',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: { groups: [{ name, debugName: 'few files', includeDependenciesRecursively: false }] },
          },
        },
      },
    }),
    buildEnd() {
      const entries = Object.entries(CHUNKS).map(([chunk, names]) => [chunk, names.map(fileOf)] as const)
      chunks = assign(Object.fromEntries(entries), (id) => this.getModuleInfo(id))
    },
  }
}

/** The chunk of each module that has one; `entries` are modules by chunk. */
export function assign(
  entries: Readonly<Record<string, readonly string[]>>,
  find: FindImports,
): ReadonlyMap<string, string> {
  const chunks = new Map<string, string>()
  for (const [chunk, names] of Object.entries(entries)) {
    const waiting = [...names]
    for (const id of waiting) {
      if (chunks.has(id)) continue
      chunks.set(id, chunk)
      waiting.push(...(find(id)?.importedIds ?? []))
    }
  }
  return chunks
}
