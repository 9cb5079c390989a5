import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { serveApp } from '#e2e/app/app-server.ts'

const FOLDER = fileURLToPath(new URL('./ceiling', import.meta.url))
const WARM_MS = 1000

/** Records a second that a worker of the same browser receives and counts when it does nothing else. */
export async function measureCeiling(browser: Browser, url: string, forMs: number): Promise<number> {
  const server = await serveApp(FOLDER)
  const page = await browser.newPage()
  try {
    await page.goto(server.url)
    return await page.evaluate(
      (order) =>
        new Promise<number>((resolve) => {
          const worker = new Worker('count.js')
          worker.onmessage = ({ data }) => resolve(Number(data))
          worker.postMessage(order)
        }),
      { url, warmMs: WARM_MS, forMs },
    )
  } finally {
    await page.close()
    await server.close()
  }
}
