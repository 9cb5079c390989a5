import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type RunningFeed, startFeed } from '#cli/feed/feed-server.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, newestMs, nodeOf, printedBatches, showTab, soon, typeInto, untilPhase } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('a WebSocket feed is read, lost, waited for and read again', async () => {
  let feed = await openFeed(0)
  const address = `ws://127.0.0.1:${feed.port}`
  try {
    await app.visit({ expected: [/^WebSocket connection to 'ws:/] }, async ({ page }) => {
      await openExample(page)
      await useAddress(page, address)
      await button(page, t('run.restart')).first().click()
      await soon(async () => wordsOf(await newestRows(page))).toBeGreaterThan(10)

      await showTab(page, 'receivers')
      const row = page.getByRole('row').filter({ hasText: address })
      await row.getByText(t('receivers.active')).waitFor()
      await feed.close()
      await row.getByText(t('receivers.waiting')).waitFor()
      expect(await row.innerText()).toContain(`The connection to ${address} was closed`)

      feed = await openFeed(feed.port)
      await row.getByText(t('receivers.active')).waitFor()
      await showTab(page, 'output')
      await soon(async () => wordsOf(await newestRows(page))).toBeGreaterThan(10)
    })
  } finally {
    await feed.close()
  }
})

test('a wrong address is named, and what to do about it', async () => {
  await app.visit({ expected: [/^WebSocket connection to 'ws:/] }, async ({ page }) => {
    await openExample(page)
    await useAddress(page, 'http://example.org')
    const inspector = page.getByRole('complementary', { name: t('shell.inspector') })
    await inspector.getByText('it begins with wss: or ws:').waitFor()
    await showTab(page, 'problems')
    const problems = page.getByRole('region', { name: t('problems.ofPipeline') })
    await problems.getByRole('button', { name: t('problems.goto', { place: 'lines.url' }) }).waitFor()

    // Nobody uses the port for TCP multiplexing.
    await useAddress(page, 'ws://127.0.0.1:1')
    await button(page, t('run.restart')).first().click()
    await untilPhase(page, 'running')
    await showTab(page, 'receivers')
    const row = page.getByRole('row').filter({ hasText: 'ws://127.0.0.1:1' })
    await row.getByText('No connection to ws://127.0.0.1:1: is a server listening there').waitFor()
  })
})

async function openFeed(port: number): Promise<RunningFeed> {
  const source = { kind: 'generator', name: 'sentences', seed: 1 } as const
  const started = await startFeed({ port, recordsPerSecond: 50, perMessage: 1, source, allowedOrigins: [] })
  if (!started.ok) throw new Error(started.error)
  return started.value
}

async function openExample(page: Page): Promise<void> {
  await button(page, 'Live WebSocket feed').click()
  await soon(() => page.getByLabel(t('files.name')).inputValue()).toBe('Live WebSocket feed')
}

async function useAddress(page: Page, address: string): Promise<void> {
  await nodeOf(page, 'lines').click()
  await typeInto(page, 'Address', address)
}

async function newestRows(page: Page): Promise<readonly string[]> {
  const batches = await printedBatches(page, 'shown')
  return batches.get(await newestMs(page, 'shown')) ?? []
}

const wordsOf = (rows: readonly string[]): number => rows.filter((row) => /^\(\w+,\d+\)$|^\.\.\.$/.test(row)).length
