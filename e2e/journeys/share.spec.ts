import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { numbersThrough } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, newestMs, printedBatch, soon, untilPhase } from '#e2e/app/screen.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { MAX_LINK_CHARACTERS, printShareHash } from '#ui/files/share-link.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const doubled = numbersThrough('i => i * 2')

test('a link opens paused, with its code, and runs after consent only', async () => {
  const link = await copyLink()
  await app.visit({ at: link.slice(app.url.length) }, async ({ page }) => {
    const dialog = page.getByRole('dialog', { name: t('consent.title', { name: 'Word count' }) })
    await dialog.getByText("line => line.split(' ')").waitFor()
    await dialog.getByText(t('consent.noAddresses')).waitFor()
    // An executor's script is a blob; none has been started.
    expect(page.workers().filter((worker) => worker.url().startsWith('blob:'))).toEqual([])
    await button(page, t('consent.decline')).last().click()
    await untilPhase(page, 'idle')
    expect(page.workers().filter((worker) => worker.url().startsWith('blob:'))).toEqual([])
    await button(page, t('consent.look')).click()
    await button(page, t('consent.agree')).click()
    expect((await printedBatch(page, 'shown', 500)).length).toBe(11)
  })
})

test('agreement holds for the code that was seen, and for no other', async () => {
  await app.visit({ at: await hashOf(doubled) }, async ({ page }) => {
    await agreeTo(page, 'i => i * 2')
    expect((await printedBatch(page, 'shown', 1000))[1]).toBe('2')
    await openHash(page, await hashOf(numbersThrough('i => i * 3')))
    await agreeTo(page, 'i => i * 3')
    await soon(async () => (await printedBatch(page, 'shown', 1000))[1]).toBe('3')
    await openHash(page, await hashOf({ ...doubled, name: 'Seen before' }))
    await soon(async () => (await printedBatch(page, 'shown', 1000))[1]).toBe('2')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

test('addresses of a link are shown before anything connects', async () => {
  const [source, ...rest] = doubled.nodes
  const url = 'ws://127.0.0.1:1/secrets'
  const listening = { ...source, id: 'numbers', at: [0, 80] as const, op: 'webSocketTextStream', params: { url } }
  await app.visit({ at: await hashOf({ ...doubled, nodes: [listening, ...rest] }) }, async ({ page }) => {
    const dialog = page.getByRole('dialog')
    await dialog.getByText(url, { exact: true }).waitFor()
    await dialog.getByText(t('consent.reads')).waitFor()
  })
})

test('a link that cannot be read says so and changes nothing', async () => {
  const broken: readonly (readonly [hash: string, message: RegExp])[] = [
    ['#p=1.%%%', /This link is damaged/],
    ['#p=9.abc', /a kind that this Sluice does not know/],
    [`#p=1.${'A'.repeat(MAX_LINK_CHARACTERS)}`, /longer than any/],
  ]
  await app.visit({ at: await hashOf(doubled) }, async ({ page }) => {
    await agreeTo(page, 'i => i * 2')
    for (const [hash, message] of broken) {
      await openHash(page, hash)
      const dialog = page.getByRole('dialog', { name: t('files.unreadableTitle') })
      await dialog.getByText(message).waitFor()
      await button(page, t('files.close')).last().click()
      await dialog.waitFor({ state: 'detached' })
    }
    expect(await page.getByLabel(t('files.name')).inputValue()).toBe(doubled.name)
    const closedMs = await newestMs(page, 'shown')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(closedMs)
  })
})

test('a link that unpacks to more than a document may be is refused', async () => {
  const packed = await printShareHash(' '.repeat(8 * 1024 * 1024))
  if (!packed.ok) throw new Error(packed.error.message)
  await app.visit({ at: packed.value }, async ({ page }) => {
    const dialog = page.getByRole('dialog', { name: t('files.unreadableTitle') })
    await dialog.getByText(/larger than a pipeline may be/).waitFor()
    await button(page, t('files.close')).last().click()
    await printedBatch(page, 'shown', 500)
  })
})

async function copyLink(): Promise<string> {
  let link = ''
  await app.visit({}, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(page, t('files.share')).click()
    await page.getByText(t('files.shared')).waitFor()
    link = await page.evaluate(() => navigator.clipboard.readText())
  })
  expect(link.startsWith(`${app.url}#p=1.`)).toBe(true)
  return link
}

async function hashOf(pipeline: Pipeline): Promise<string> {
  const hash = await printShareHash(printPipeline(pipeline))
  if (!hash.ok) throw new Error(hash.error.message)
  return hash.value
}

async function openHash(page: Page, hash: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, hash)
}

async function agreeTo(page: Page, code: string): Promise<void> {
  await page.getByRole('dialog').getByText(code, { exact: true }).waitFor()
  await button(page, t('consent.agree')).click()
}
