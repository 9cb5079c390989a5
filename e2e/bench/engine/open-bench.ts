// Builds the bench's page with the bench's kernel in the real sandbox, serves it, and opens Chromium on it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { serveApp } from '#e2e/app/app-server.ts'
import { launchBrowser, PROJECT } from '#e2e/sandbox/lab.ts'
import { sandbox } from '#scripts/vite/sandbox.ts'

const FOLDER = join(PROJECT, 'e2e/bench/engine')

export interface BenchHandle {
  readonly browserVersion: string
  /** A page with an open sandbox of its own. */
  openPage(): Promise<Page>
  close(): Promise<void>
}

export async function openBench(): Promise<BenchHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  await build({
    configFile: false,
    root: join(FOLDER, 'page'),
    base: './',
    logLevel: 'error',
    plugins: [sandbox({ kernel: join(FOLDER, 'kernel.ts') })],
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, reportCompressedSize: false },
    worker: { format: 'es' },
  })
  const server = await serveApp(folder)
  const browser = await launchBrowser()
  return {
    browserVersion: browser.version(),
    async openPage() {
      const page = await browser.newPage()
      await page.goto(server.url)
      await page.waitForFunction(() => 'bench' in window)
      await page.evaluate(() => window.bench.open())
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}
