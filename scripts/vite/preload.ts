// Vite plugin: index.html names what its entry will import, so that the browser fetches all of it at once.
import type { Plugin, Rolldown } from 'vite'

type Bundle = Readonly<Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>>

/** What the entry imports only when somebody asks for it. */
const LATER = /\breceiver-frame-/

export function preload(): Plugin {
  return {
    name: 'sluice:preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return undefined
        const wanted = new Set<string>()
        const first = new Set<string>()
        addWithImports(bundle, chunk.fileName, first)
        for (const name of [...first].flatMap((each) => dynamicImportsOf(bundle, each)))
          if (!LATER.test(name)) addWithImports(bundle, name, wanted)
        const styles = new Set([...wanted].flatMap((name) => findStyles(bundle, name)))
        const there = (file: string): boolean => html.includes(`"./${file}"`)
        const link = (rel: string) => (file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        })
        return [
          ...[...wanted].filter((file) => !there(file)).map(link('modulepreload')),
          ...[...styles].filter((file) => !there(file)).map(link('stylesheet')),
        ]
      },
    },
  }
}

function addWithImports(bundle: Bundle, name: string, found: Set<string>): void {
  const chunk = bundle[name]
  if (found.has(name) || chunk?.type !== 'chunk') return
  found.add(name)
  for (const each of chunk.imports) addWithImports(bundle, each, found)
}

function dynamicImportsOf(bundle: Bundle, name: string): readonly string[] {
  const chunk = bundle[name]
  return chunk?.type === 'chunk' ? chunk.dynamicImports : []
}

function findStyles(bundle: Bundle, name: string): readonly string[] {
  const chunk = bundle[name]
  return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : []
}
