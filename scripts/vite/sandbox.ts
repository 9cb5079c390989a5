// Vite plugin: bundles what runs inside the sandbox into texts, offers them as virtual modules, and gives the page its policy.
// Declared for TypeScript in src/workers/page/sandbox-texts.d.ts.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { normalizePath, type Plugin } from 'vite'
import { type BundledText, bundleText } from './bundle-text.ts'
import { findInlineScripts, hashSource, pagePolicy, printSandboxDocument } from './sandbox-policy.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const KERNEL = '#engine/runtime/executor/start-executor.ts'

const ENTRIES = {
  broker: 'src/workers/sandbox/broker.ts',
  executor: 'src/workers/sandbox/boot.ts',
  probe: 'src/workers/sandbox/probe.ts',
  receiver: 'src/workers/sandbox/receiver-boot.ts',
}
type EntryName = keyof typeof ENTRIES

const MODULES: Readonly<Record<string, EntryName>> = {
  'virtual:sluice/sandbox-document': 'broker',
  'virtual:sluice/executor-text': 'executor',
  'virtual:sluice/probe-text': 'probe',
  'virtual:sluice/receiver-text': 'receiver',
}

export interface SandboxOptions {
  /** File that exports `startExecutor`, in place of the engine's own. For tests of the sandbox itself. */
  readonly kernel?: string
}

export function sandbox(options: SandboxOptions = {}): Plugin {
  const texts = new Map<EntryName, Promise<BundledText>>()
  let building = true

  function findText(name: EntryName): Promise<BundledText> {
    const known = texts.get(name)
    if (known !== undefined) return known
    const text = bundleText({
      root: PROJECT,
      entry: resolve(PROJECT, ENTRIES[name]),
      minify: building,
      replace: options.kernel === undefined ? {} : { [KERNEL]: options.kernel },
    })
    texts.set(name, text)
    return text
  }

  /** Forgets the texts that the file is part of; one that failed to bundle may be part of anything. */
  async function forget(file: string): Promise<EntryName[]> {
    const stale: EntryName[] = []
    for (const [name, text] of texts) {
      const uses = await text.then(
        ({ files }) => files.has(file),
        () => true,
      )
      if (uses) stale.push(name)
    }
    for (const name of stale) texts.delete(name)
    return stale
  }

  return {
    name: 'sluice:sandbox',
    configResolved(config) {
      building = config.command === 'build'
    },
    resolveId(id) {
      return id in MODULES ? `\0${id}` : undefined
    },
    async load(id) {
      const name = MODULES[id.slice(1)]
      if (name === undefined || !id.startsWith('\0')) return undefined
      const { text, files } = await findText(name)
      for (const file of files) this.addWatchFile(file)
      if (name !== 'broker') return `export const ${name}Text = ${JSON.stringify(text)}`
      return `export const sandboxDocument = ${JSON.stringify(printSandboxDocument(text))}
export const brokerText = ${JSON.stringify(text)}
export const brokerHash = ${JSON.stringify(hashSource(text))}`
    },
    async watchChange(file) {
      await forget(normalizePath(file))
    },
    async hotUpdate({ file }) {
      const stale = await forget(file)
      if (stale.length === 0 || this.environment.name !== 'client') return
      const { moduleGraph, hot } = this.environment
      for (const [id, name] of Object.entries(MODULES)) {
        const module = moduleGraph.getModuleById(`\0${id}`)
        if (module !== undefined && stale.includes(name)) moduleGraph.invalidateModule(module)
      }
      // A running sandbox cannot take new code in, and the page's policy names the broker's hash.
      hot.send({ type: 'full-reload' })
      return []
    },
    transformIndexHtml: {
      // Last, so that the inline scripts of the development server are known, and the tag comes before all others in head.
      order: 'post',
      async handler(html) {
        const { text } = await findText('broker')
        const policy = pagePolicy(hashSource(text), building ? undefined : { inlineScripts: findInlineScripts(html) })
        // Not as a tag for Vite to print: it writes quotes as entities, and this line is for people too.
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
        const page = html.replace(/<head\b[^>]*>/, (head) => `${head}\n    ${meta}`)
        if (page === html) throw new Error('the page has no head to put its policy into')
        return page
      },
    },
  }
}
