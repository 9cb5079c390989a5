import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sandbox } from '#scripts/vite/sandbox.ts'
import { HARNESS, launchBrowser, PROJECT } from './lab.ts'

let folder: string
let server: ViteDevServer
let browser: Browser
let page: Page
const refused: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-dev-'))
  for (const name of ['kernel.ts', 'self-check.ts']) await copyFile(join(HARNESS, name), join(folder, name))
  server = await createServer({
    configFile: false,
    root: HARNESS,
    cacheDir: join(folder, 'cache'),
    logLevel: 'error',
    plugins: [sandbox({ kernel: join(folder, 'kernel.ts') })],
    server: { host: '127.0.0.1', port: 0, fs: { allow: [PROJECT] } },
  })
  await server.listen()
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction(() => 'lab' in window)
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true })
})

const ask = () =>
  page.evaluate(async () => {
    await window.lab.open(1)
    return (await window.lab.call(0)).value
  })

describe('the development server', () => {
  test('runs the same sandbox under the same policy, with nothing of its own refused', async () => {
    expect(refused).toEqual([])
    // So that the listener is known to hear refusals, one of our making.
    await page.evaluate(() => fetch('http://127.0.0.1:1/').catch(() => {}))
    expect(refused).not.toEqual([])
    expect(await page.evaluate(() => window.lab.selfTest())).toMatchObject({ ok: true })
    expect(await ask()).toMatchObject({ index: 0 })
  })

  test('reloads the page when a file inside the executor changes', async () => {
    await page.evaluate(() => Object.assign(window, { isOld: true }))
    const kernel = join(folder, 'kernel.ts')
    await writeFile(kernel, (await readFile(kernel, 'utf8')).replace('index: host.index', 'index: host.index + 7'))
    await page.waitForFunction(() => 'lab' in window && !('isOld' in window))
    expect(await ask()).toMatchObject({ index: 7 })
  })
})
