// What it costs to keep 200 nodes up to date. Run: npm run bench:canvas
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { serveApp } from '#e2e/app/app-server.ts'
import { PROJECT } from '#e2e/app/built-app.ts'
import { findChromium } from '#scripts/find-chromium.mjs'
import type { CanvasBench } from './canvas-page.ts'

const FOR_MS = 5000
const EVERY_MS = 100
const SIZES = [
  { title: 'all 200 nodes in sight', viewport: { width: 2560, height: 1440 } },
  { title: 'all 200 nodes in sight, small', viewport: { width: 1440, height: 900 } },
]

type BenchWindow = { readonly bench: CanvasBench }

const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
await build({
  configFile: false,
  root: join(PROJECT, 'e2e/bench'),
  logLevel: 'error',
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: join(PROJECT, 'e2e/bench/canvas.html') },
  },
  base: './',
})
const server = await serveApp(folder)
const executablePath = await findChromium()
if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const { title, viewport } of SIZES) {
    const page = await browser.newPage({ viewport })
    page.on('pageerror', (error) => console.log(error))
    await page.goto(`${server.url}canvas.html`)
    await page.locator('.react-flow__node').nth(199).waitFor({ timeout: 8000 })
    console.log(title)
    await measure(page, await page.context().newCDPSession(page))
    await page.close()
  }
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true })
}

async function measure(page: Page, session: CDPSession): Promise<void> {
  await session.send('Performance.enable')
  const idle = await page.evaluate(frames, FOR_MS)
  const before = await times(session)
  const updates = page.evaluate(change, { everyMs: EVERY_MS, forMs: FOR_MS })
  const busy = await page.evaluate(frames, FOR_MS)
  const count = await updates
  const after = await times(session)
  print('idle', idle)
  print('busy', busy)
  const each = (name: string): string => (((after[name] ?? 0) - (before[name] ?? 0)) * (1000 / count)).toFixed(1)
  console.log(
    `  ${count} updates; ms of the main thread for each: script ${each('ScriptDuration')}, style ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')}, all ${each('TaskDuration')}`,
  )
}

/** Seconds since the page began, by kind of work. */
async function times(session: CDPSession): Promise<Readonly<Record<string, number>>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

function print(title: string, gapsMs: readonly number[]): void {
  const sorted = [...gapsMs].sort((a, b) => a - b)
  const fps = (1000 * gapsMs.length) / gapsMs.reduce((sum, gap) => sum + gap, 0)
  const slow = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  console.log(`  ${title} ${fps.toFixed(0)} frames a second, 95 of 100 within ${slow.toFixed(0)} ms`)
}

// Casts: the page puts its bench there.
function frames(forMs: number): Promise<number[]> {
  return (window as unknown as BenchWindow).bench.frames(forMs)
}

function change({ everyMs, forMs }: { everyMs: number; forMs: number }): Promise<number> {
  return (window as unknown as BenchWindow).bench.change(everyMs, forMs)
}
