// Builds the harness page, serves it and a logger beside it on this machine, and opens Chromium on it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { findChromium } from '#scripts/find-chromium.mjs'
import { sandbox } from '#scripts/vite/sandbox.ts'
import { type HarnessServer, serveHarness } from './harness-server.ts'

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
export const HARNESS = fileURLToPath(new URL('./harness', import.meta.url))

export interface LabHandle {
  readonly browser: Browser
  readonly page: Page
  readonly server: HarnessServer
  /** Folder of the built harness. */
  readonly folder: string
  close(): Promise<void>
}

/** Builds the harness with the real plugin and the harness's kernel. */
export async function buildHarness(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-harness-'))
  await build({
    configFile: false,
    root: HARNESS,
    base: './',
    logLevel: 'error',
    plugins: [sandbox({ kernel: join(HARNESS, 'kernel.ts') })],
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, reportCompressedSize: false },
    worker: { format: 'es' },
  })
  return folder
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
  const args = [
    // Chromium's own sandbox cannot start as root; ours does not depend on it.
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args })
}

export async function openLab(): Promise<LabHandle> {
  const folder = await buildHarness()
  const server = await serveHarness(folder)
  const browser = await launchBrowser()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(server.url)
  await page.waitForFunction(() => 'lab' in window)
  return {
    browser,
    page,
    server,
    folder,
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}
