// One browser over one build of the app; every visit is a person who has never been here before.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { findChromium } from '#scripts/find-chromium.mjs'
import { serveApp } from './app-server.ts'
import { findBuiltApp, PROJECT } from './built-app.ts'

const ARGS = [
  // Chromium's own sandbox cannot start as root; ours does not depend on it.
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SIZE = { width: 1440, height: 900 }
/** A condition that has not come true by then never will. */
export const PATIENCE_MS = 45_000

export interface VisitOptions {
  /** Messages of the console that belong to the journey. */
  readonly expected?: readonly RegExp[]
  /** What follows the app's address: a query, a hash. */
  readonly at?: string
  /** Runs before any script of the page. */
  readonly init?: () => void
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Addresses of everything that page and workers asked for. */
  readonly requests: readonly string[]
}

export interface App {
  readonly url: string
  readonly folder: string
  /** A visit with a storage of its own. Fails when the page throws or complains of anything that is not expected. */
  visit(options: VisitOptions, journey: (visit: Visit) => Promise<void>): Promise<void>
}

/** Opens the app for the tests of one file. */
export function withApp(): App {
  const opened: { close(): Promise<void>; browser: Browser; url: string; folder: string }[] = []
  const get = () => {
    const [app] = opened
    if (app === undefined) throw new Error('the app is open only while tests run')
    return app
  }
  beforeAll(async () => {
    const built = await findBuiltApp()
    const server = await serveApp(built.folder)
    const executablePath = await findChromium()
    if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
    const browser = await chromium.launch({ executablePath, args: ARGS })
    const close = async () => {
      await browser.close()
      await server.close()
      await built.remove()
    }
    opened.push({ browser, close, url: server.url, folder: built.folder })
  })
  afterAll(async () => {
    await opened.pop()?.close()
  })
  return {
    get url() {
      return get().url
    },
    get folder() {
      return get().folder
    },
    visit: (options, journey) => visit(get().browser, get().url, options, journey),
  }
}

async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions,
  journey: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, acceptDownloads: true, colorScheme: 'light' })
  context.setDefaultTimeout(PATIENCE_MS)
  const requests: string[] = []
  const trouble: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('weberror', (error) => trouble.push(String(error.error().stack)))
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (!options.expected?.some((pattern) => pattern.test(message.text()))) trouble.push(message.text())
  })
  if (options.init !== undefined) await context.addInitScript(options.init)
  const page = await context.newPage()
  try {
    await page.goto(url + (options.at ?? ''))
    await journey({ page, context, requests })
    expect(trouble).toEqual([])
  } catch (error) {
    await keepPicture(page)
    if (trouble.length > 0) console.log(`The console said:\n${trouble.join('\n')}`)
    throw error
  } finally {
    await context.close()
  }
}

/** What the page looked like when a journey failed. */
async function keepPicture(page: Page): Promise<void> {
  const folder = join(PROJECT, 'test-results')
  const name = (expect.getState().currentTestName ?? 'journey').replace(/[^\w]+/g, '-').slice(0, 80)
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), timeout: 3000 }).catch(() => {})
}
