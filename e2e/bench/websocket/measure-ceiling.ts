import { fileURLToPath } from 'node:url'
import { serveApp } from '#e2e/app/app-server.ts'
import { usedBetween } from './processes.ts'
import { openQuietBrowser } from './quiet-browser.ts'

const FOLDER = fileURLToPath(new URL('./ceiling', import.meta.url))
const WARM_MS = 1000

export interface Ceiling {
  readonly recordsPerSecond: number
  /** Processor time of the browser's processes for one record. */
  readonly cpuNs: number
}

interface Counted {
  readonly lines: number
  readonly perSecond: number
}

/** What a worker of such a browser receives and counts when it does nothing else. */
export async function measureCeiling(url: string, forMs: number): Promise<Ceiling> {
  const server = await serveApp(FOLDER)
  const browser = await openQuietBrowser()
  try {
    const page = await browser.drive(async (driven) => {
      await driven.goto(server.url)
    })
    const before = await browser.processes()
    const counted = await page.run(count, { url, warmMs: WARM_MS, forMs })
    if (counted === null) throw new Error(`no connection to ${url}`)
    const used = usedBetween(before, await browser.processes())
    const cpuS = used.reduce((sum, each) => sum + each.cpuS, 0)
    return { recordsPerSecond: counted.perSecond, cpuNs: (cpuS * 1e9) / counted.lines }
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Runs in the page. */
function count(order: { readonly url: string; readonly warmMs: number; readonly forMs: number }) {
  return new Promise<Counted | null>((resolve) => {
    const worker = new Worker('count.js')
    worker.onmessage = ({ data }) => resolve(data ?? null)
    worker.postMessage(order)
  })
}
