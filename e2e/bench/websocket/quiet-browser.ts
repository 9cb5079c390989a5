// A browser that nobody listens in on. Playwright has every worker report each message of its WebSockets, with all that is in it: that takes more of the
// processors than receiving it. So Playwright drives a page until the run has begun and then lets go; what is asked afterwards are figures.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '#scripts/find-chromium.mjs'
import { CdpConnection } from './cdp-connection.ts'
import { type Process, readProcesses } from './processes.ts'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--remote-debugging-port=0',
  '--window-size=1440,900',
]

const CONNECT_MS = 8000

export interface QuietPage {
  /** What a function gives that runs in the page, alone with its argument. */
  run<T, A>(inPage: (argument: A) => T | Promise<T>, argument: A): Promise<T>
  heapMB(): Promise<number>
}

export interface QuietBrowser {
  readonly version: string
  /** Opens a page, and leaves it once `act` has. */
  drive(act: (page: Page) => Promise<void>): Promise<QuietPage>
  processes(): Promise<readonly Process[]>
  close(): Promise<void>
}

/** A browser with a profile of its own. */
export async function openQuietBrowser(): Promise<QuietBrowser> {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
  const profile = await mkdtemp(join(tmpdir(), 'sluice-quiet-'))
  const child = spawn(executablePath, [...ARGS, `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = new Promise<never>((_, reject) => child.once('exit', () => reject(new Error('Chromium has ended'))))
  gone.catch(() => {})
  let said = ''
  const told = new Promise<string>((resolve) =>
    child.stderr.on('data', (data) => {
      said += data
      const endpoint = /listening on (ws:\S+)/.exec(said)?.[1]
      if (endpoint !== undefined) resolve(endpoint)
    }),
  )
  const endpoint = await Promise.race([told, gone])
  const cdp = await CdpConnection.open(endpoint)
  const { product } = await cdp.ask<{ product: string }>('Browser.getVersion')
  return {
    version: product.replace(/^.*\//, ''),
    drive: async (act) => pageOf(cdp, await driven(endpoint, act)),
    processes: () => readProcesses(cdp),
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await cdp.ask('Browser.close').catch(() => child.kill())
      cdp.close()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A browser that has only just begun sometimes never answers the first who connects. */
async function connect(endpoint: string, triesLeft = 4): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: CONNECT_MS })
  } catch (error) {
    if (triesLeft === 0) throw error
    return connect(endpoint, triesLeft - 1)
  }
}

/** Gives the page's id. */
async function driven(endpoint: string, act: (page: Page) => Promise<void>): Promise<string> {
  const browser = await connect(endpoint)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no context')
  const page = await context.newPage()
  await act(page)
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  // Of a browser that was connected to, this only lets go.
  await browser.close()
  return targetInfo.targetId
}

async function pageOf(cdp: CdpConnection, targetId: string): Promise<QuietPage> {
  const { sessionId } = await cdp.ask<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
  await cdp.ask('Performance.enable', {}, sessionId)
  return {
    run: async <T, A>(inPage: (argument: A) => T | Promise<T>, argument: A) => {
      // esbuild names functions by a function of its own.
      const expression = `{ const __name = (named) => named; (${inPage})(${JSON.stringify(argument)}) }`
      const asked = { expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails } = await cdp.ask<Evaluated>('Runtime.evaluate', asked, sessionId)
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'the page threw')
      return result.value as T // what the function gives, as JSON
    },
    heapMB: async () => {
      const { metrics } = await cdp.ask<Metrics>('Performance.getMetrics', {}, sessionId)
      return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 2 ** 20)
    },
  }
}

interface Evaluated {
  readonly result: { readonly value?: unknown }
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } }
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}
