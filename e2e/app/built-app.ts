// The production build that the journeys walk through.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
/** All that the build is made of. */
const SOURCES = ['src', 'public', 'scripts/vite', 'index.html', 'vite.config.ts', 'package-lock.json']

export interface BuiltApp {
  readonly folder: string
  /** Removes what was built for the tests alone. */
  remove(): Promise<void>
}

/** `dist` when it is newer than everything it is made of, as it is in `npm test`; else a build of its own in a temporary
 *  folder. SLUICE_DIST names a folder to test instead. */
export async function findBuiltApp(): Promise<BuiltApp> {
  const { SLUICE_DIST } = process.env
  const chosen = SLUICE_DIST ?? join(PROJECT, 'dist')
  const keep = { folder: chosen, remove: async () => {} }
  if (SLUICE_DIST !== undefined) return keep
  const builtMs = await changedMs(join(chosen, 'index.html')).catch(() => 0)
  const sourcesMs = await Promise.all(SOURCES.map((name) => newestMs(join(PROJECT, name))))
  if (builtMs > Math.max(...sourcesMs)) return keep
  const folder = await mkdtemp(join(tmpdir(), 'sluice-app-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true })
  try {
    build(folder)
  } catch (error) {
    await remove()
    throw error
  }
  return { folder, remove }
}

function build(folder: string): void {
  const vite = join(PROJECT, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error']
  // Vitest's NODE_ENV would make it a build for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  const run = spawnSync(process.execPath, args, { cwd: PROJECT, env, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`The build failed.\n${run.stdout}${run.stderr}`)
}

async function changedMs(path: string): Promise<number> {
  return (await stat(path)).mtimeMs
}

async function newestMs(path: string): Promise<number> {
  const own = await stat(path)
  if (!own.isDirectory()) return own.mtimeMs
  const inside = await readdir(path, { recursive: true, withFileTypes: true })
  const files = inside.filter((entry) => entry.isFile() && !/\.(test|spec)\.tsx?$|tsbuildinfo$/.test(entry.name))
  return Math.max(...(await Promise.all(files.map((entry) => changedMs(join(entry.parentPath, entry.name))))))
}
