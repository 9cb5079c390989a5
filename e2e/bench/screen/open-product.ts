// The product as it is built, in Chromium; every visit is a first one.
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { serveApp } from '#e2e/app/app-server.ts'
import { findBuiltApp } from '#e2e/app/built-app.ts'
import { findChromium } from '#scripts/find-chromium.mjs'

export interface Product {
  readonly browser: Browser
  readonly url: string
  close(): Promise<void>
}

export async function openProduct(): Promise<Product> {
  const built = await findBuiltApp()
  const server = await serveApp(built.folder)
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const close = async (): Promise<void> => {
    await browser.close()
    await server.close()
    await built.remove()
  }
  return { browser, url: server.url, close }
}

/** Opens a document as a file and agrees to its code, so that it runs. */
export async function openDocument(page: Page, name: string, document: object): Promise<void> {
  const buffer = Buffer.from(JSON.stringify(document))
  const file = { name: 'pipeline.json', mimeType: 'application/json', buffer }
  await page.locator('input[type=file]').first().setInputFiles(file)
  await page.getByRole('dialog').filter({ hasText: name }).getByRole('button', { name: 'Run it' }).click()
}

/** Begins to count the main thread's work in its own time, so that what else runs on the machine does not count. */
export async function countWork(session: CDPSession): Promise<void> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
}

/** Ms that the page's main thread has worked since it began. */
export async function busyMs(session: CDPSession): Promise<number> {
  return (await workMs(session)).all
}

/** The same, and what of it were scripts, style and layout; the rest is painting and handing over. */
export async function workMs(session: CDPSession): Promise<{ all: number; script: number; layout: number }> {
  const { metrics } = await session.send('Performance.getMetrics')
  const ms = (wanted: string): number => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1000
  const layout = ms('RecalcStyleDuration') + ms('LayoutDuration')
  return { all: ms('TaskDuration'), script: ms('ScriptDuration'), layout }
}

/** Has the page take down its long tasks and slow events. Runs before any script of the page. */
export function watchStalls(): void {
  const stalls: { readonly kind: string; readonly startMs: number; readonly ms: number }[] = []
  Object.assign(window, { stalls })
  new PerformanceObserver((list) => {
    for (const { entryType, startTime, duration } of list.getEntries())
      stalls.push({ kind: entryType, startMs: startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })
}

/** The longest task of the page that began since `sinceMs` of its clock; 0: none beyond 50 ms. */
export function longestTask(page: Page, sinceMs: number): Promise<number> {
  return page.evaluate((since) => {
    // A cast: watchStalls puts them there.
    const { stalls } = window as unknown as { readonly stalls: readonly { startMs: number; ms: number }[] }
    return Math.max(0, ...stalls.filter(({ startMs }) => startMs >= since).map(({ ms }) => ms))
  }, sinceMs)
}

export const nowMs = (page: Page): Promise<number> => page.evaluate(() => performance.now())

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
