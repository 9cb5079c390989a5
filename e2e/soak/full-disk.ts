// Fills the disk that the browser's profile lies on, kills the page while there is no room, and makes room again; every batch that is printed is
// compared with the command line's. As root on Linux (it mounts a small memory disk). Run: npm run soak:quota
import { spawnSync } from 'node:child_process'
import { appendFile, mkdtemp, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { serveApp } from '#e2e/app/app-server.ts'
import { findBuiltApp } from '#e2e/app/built-app.ts'
import { countForEver } from '#e2e/app/documents.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { newestMs, openPipeline, printedBatches, setSpeed } from '#e2e/app/screen.ts'
import { findChromium } from '#scripts/find-chromium.mjs'

const DISK_MB = 160
/** Room for opening a database. */
const REOPEN_BYTES = 4_000_000
const PATIENCE_MS = 90_000
const BATCHES = 3000
const pipeline = countForEver(12)

function must(command: string, ...args: string[]): void {
  const ended = spawnSync(command, args, { encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ended.stderr || String(ended.error)}`)
}

/** Takes all room there is; gives what makes room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'ballast')
  const chunk = Buffer.alloc(64 * 1024)
  for (;;) {
    try {
      await appendFile(path, chunk)
    } catch {
      return () => rm(path)
    }
  }
}

/** Gives a little of it back. */
async function leave(folder: string, bytes: number): Promise<void> {
  const path = join(folder, 'ballast')
  await truncate(path, Math.max(0, (await stat(path)).size - bytes))
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<number> {
  const began = performance.now()
  while (!(await isTrue().catch(() => false))) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`not after so long: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return performance.now() - began
}

const trouble = (page: Page) => page.getByText(/^Checkpoints cannot be written:/)
const past = (page: Page, timeMs: number) => async () => (await newestMs(page, 'shown')) > timeMs

async function play(context: BrowserContext, url: string, folder: string): Promise<boolean> {
  context.setDefaultTimeout(PATIENCE_MS)
  const expected = await runUninterrupted(pipeline, 'counts', BATCHES)
  let compared = 0
  let wrong = 0
  const compare = async (page: Page): Promise<void> => {
    for (const [timeMs, rows] of await printedBatches(page, 'shown')) {
      compared += 1
      if (rows.join('\n') !== expected.get(timeMs)?.join('\n')) wrong += 1
    }
  }
  let page = await context.newPage()
  await page.goto(url)
  await openPipeline(page, pipeline)
  await setSpeed(page, '10')
  await until('batches', past(page, 5000))
  const free = await fill(folder)
  const untilTold = await until('the banner', async () => (await trouble(page).count()) > 0)
  const reason = await trouble(page).innerText()
  const fullMs = await newestMs(page, 'shown')
  await until('batches without checkpoints', past(page, fullMs + 10_000))
  await compare(page)
  console.log(
    `disk full: told after ${Math.round(untilTold)} ms, the run went on past ${fullMs + 10_000} ms\n  ${reason}`,
  )

  const crashed = page.waitForEvent('crash')
  const session = await context.newCDPSession(page)
  void session.send('Page.crash').catch(() => {})
  await crashed
  await page.close()
  // Chromium that finds not a byte free while it opens its databases throws them away, whatever is in them.
  await leave(folder, REOPEN_BYTES)
  page = await context.newPage()
  await page.goto(url)
  await until('the old checkpoint', async () => (await page.getByText(/^Recovered from the checkpoint/).count()) > 0)
  console.log(`  renderer killed meanwhile: ${await page.getByText(/^Recovered from the checkpoint/).innerText()}`)
  await until('batches after it', past(page, fullMs + 3000))
  await compare(page)

  await free()
  const untilWritten = await until('checkpoints', async () => (await trouble(page).count()) === 0)
  const freeMs = await newestMs(page, 'shown')
  console.log(`room again: checkpoints after ${Math.round(untilWritten)} ms, at batch ${freeMs} ms`)
  await until('batches with checkpoints', past(page, freeMs + 3000))
  await page.reload()
  await until('the new checkpoint', async () => (await page.getByText(/^Recovered from the checkpoint/).count()) > 0)
  console.log(`  reloaded: ${await page.getByText(/^Recovered from the checkpoint/).innerText()}`)
  await until('the last batches', past(page, freeMs + 5000))
  await compare(page)
  console.log(`${compared} printed batches compared, ${wrong} wrong`)
  return wrong === 0 && compared > 0
}

const folder = await mkdtemp(join(tmpdir(), 'sluice-disk-'))
must('mount', '-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder)
const built = await findBuiltApp()
const server = await serveApp(built.folder)
let isClean = false
try {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), { executablePath, args })
  try {
    isClean = await play(context, server.url, folder)
  } finally {
    await context.close()
  }
} finally {
  await server.close()
  await built.remove()
  must('umount', folder)
  await rm(folder, { recursive: true })
}
process.exit(isClean ? 0 : 1)
