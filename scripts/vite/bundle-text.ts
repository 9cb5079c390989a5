import { build, normalizePath, type Rolldown } from 'vite'

export interface BundleTextOptions {
  readonly root: string
  readonly entry: string
  readonly minify: boolean
  /** Specifier → file that stands in for it. */
  readonly replace: Readonly<Record<string, string>>
}

export interface BundledText {
  readonly text: string
  /** Every file that went into it. */
  readonly files: ReadonlySet<string>
}

/** Bundles an entry and all it imports into the text of one classic script that leaves no global behind. */
export async function bundleText({ root, entry, minify, replace }: BundleTextOptions): Promise<BundledText> {
  const output = await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'error',
    root,
    plugins: [{ name: 'sluice:stand-in', enforce: 'pre', resolveId: (id) => replace[id] }],
    build: {
      write: false,
      target: 'es2022',
      minify,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  })
  const chunks = (output as Rolldown.RolldownOutput).output // One input and no watcher: one output.
  const [chunk, ...others] = chunks
  if (others.length > 0)
    throw new Error(`${entry} must bundle into one file, not ${chunks.map((file) => file.fileName).join(', ')}`)
  const files = chunk.moduleIds.filter((id) => !id.startsWith('\0')).map(normalizePath)
  return { text: `"use strict";${chunk.code.trim()}`, files: new Set(files) }
}
