// Vite plugin: in the page's build the parser of functions comes after the first paint. Workers are bundled without it.
import { fileURLToPath } from 'node:url'
import { normalizePath, type Plugin } from 'vite'

const fileOf = (name: string): string =>
  normalizePath(fileURLToPath(new URL(`../../src/engine/operator/${name}`, import.meta.url)))
const AT_ONCE = fileOf('parse-function.ts')
const LATE = fileOf('late-parse-function.ts')

export function lateFunctions(): Plugin {
  return {
    name: 'sluice:late-functions',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/parse-function.ts') || importer === undefined || normalizePath(importer) === LATE)
        return undefined
      const resolved = await this.resolve(source, importer, { skipSelf: true })
      return resolved !== null && normalizePath(resolved.id) === AT_ONCE ? LATE : undefined
    },
  }
}
