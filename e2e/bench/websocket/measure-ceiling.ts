import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { serveApp } from '#e2e/app/app-server.ts'
import { readProcesses, usedBetween } from './processes.ts'

const FOLDER = fileURLToPath(new URL('./ceiling', import.meta.url))
const WARM_MS = 1000

export interface Ceiling {
  readonly recordsPerSecond: number
  /** Processor time of the browser's processes for one record. */
  readonly cpuNs: number
}

/** What a worker of the same browser receives and counts when it does nothing else. */
export async function measureCeiling(browser: Browser, url: string, forMs: number): Promise<Ceiling> {
  const server = await serveApp(FOLDER)
  const page = await browser.newPage()
  try {
    await page.goto(server.url)
    const before = await readProcesses(browser)
    const counted = await page.evaluate(
      (order) =>
        new Promise<{ readonly lines: number; readonly perSecond: number } | undefined>((resolve) => {
          const worker = new Worker('count.js')
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage(order)
        }),
      { url, warmMs: WARM_MS, forMs },
    )
    if (counted === undefined) throw new Error(`no connection to ${url}`)
    const used = usedBetween(before, await readProcesses(browser))
    const cpuS = used.reduce((sum, each) => sum + each.cpuS, 0)
    return { recordsPerSecond: counted.perSecond, cpuNs: (cpuS * 1e9) / counted.lines }
  } finally {
    await page.close()
    await server.close()
  }
}
