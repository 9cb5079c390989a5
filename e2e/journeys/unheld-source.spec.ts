import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { serveApp } from '#e2e/app/app-server.ts'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { openPipeline, printedBatches, showTab, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

const MESSAGE = 'a line that nobody has asked for\n'.repeat(2000)

test('without WebSocketStream a server that sends too much is left until the batches have caught up, and nothing is lost', async () => {
  const [flood, folder] = await Promise.all([startFlood(), buildWithoutStreams()])
  const served = await serveApp(folder)
  try {
    await app.visit({}, async ({ page }) => {
      await page.goto(served.url)
      await openPipeline(
        page,
        chain({
          settings: { conf: { 'sluice.receiver.maxBuffered': '4m', 'spark.streaming.receiverRestartDelay': 500 } },
          nodes: [
            ['lines', 'webSocketTextStream', { url: flood.url }],
            ['counted', 'count'],
            ['shown', 'print'],
          ],
        }),
      )
      await soon(() => flood.connections).toBeGreaterThan(1)
      await showTab(page, 'problems')
      await page.getByText('4 MiB of text wait, which is all that may (sluice.receiver.maxBuffered)').waitFor()
      await showTab(page, 'receivers')
      const row = page.getByRole('row').filter({ hasText: flood.url })
      await row.getByText(t('receivers.active')).waitFor()
      const received = Number((await row.getByRole('cell').nth(2).innerText()).replaceAll(',', ''))
      expect(received).toBeGreaterThan((4 * 2 ** 20) / 33)
      await showTab(page, 'output')
      await soon(() => countedIn(page)).toBe(received)
    })
  } finally {
    await flood.close()
    await served.close()
    await rm(folder, { recursive: true })
  }
})

/** The app in a browser that lacks what Firefox and Safari lack: its driver begins by deleting it. */
async function buildWithoutStreams(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-app-'))
  await cp(app.folder, folder, { recursive: true })
  const assets = join(folder, 'assets')
  for (const name of await readdir(assets)) {
    if (!/^driver\.worker.*\.js$/.test(name)) continue
    const path = join(assets, name)
    await writeFile(path, `delete globalThis.WebSocketStream;${await readFile(path, 'utf8')}`)
  }
  return folder
}

/** A server that sends as much as is taken, the first time that somebody connects. */
async function startFlood() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    if (connections > 1) return
    const send = (error?: Error | null): void => {
      if (!(error instanceof Error) && socket.readyState === socket.OPEN) socket.send(MESSAGE, send)
    }
    send()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, // a cast: it listens on TCP
    get connections() {
      return connections
    },
    close: () => {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

async function countedIn(page: Page): Promise<number> {
  const batches = await printedBatches(page, 'shown')
  return [...batches.values()].flat().reduce((sum, row) => sum + Number(row), 0)
}
