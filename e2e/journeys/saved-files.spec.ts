import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain, countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { button, openPipeline, outputLog, pause, setSpeed, showTab, soon, untilPhase } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

/** Ten numbers a batch in two partitions; batches of odd seconds hold markup. */
const numbers = chain({
  name: 'Saved numbers',
  nodes: [
    ['numbers', 'simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: 10, partitions: 2 }],
    ['rows', 'map', { fn: 'i => ["<b>" + i + "</b>", i]' }],
    ['files', 'saveAsTextFiles', { prefix: 'out/numbers', suffix: 'txt' }],
  ],
})

const row = (from: number, i: number) => `(<b>${from + i}</b>,${from + i})`
/** Rows of the batch that ends at this second. */
const rowsOf = (second: number) => Array.from({ length: 10 }, (_, i) => row((second - 1) * 10, i))
const directoryOf = (second: number) => `out/numbers-${second * 1000}.txt`

const treeItem = (page: Page, name: string): Locator =>
  page
    .getByRole('tree', { name: t('saved.tree') })
    .getByRole('treeitem')
    .filter({ hasText: name })

async function unzip(page: Page, click: () => Promise<void>): Promise<Record<string, string>> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  const entries = unzipSync(await readFile(await download.path()))
  return Object.fromEntries(Object.entries(entries).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

test('what a pipeline saves is shown, downloaded, kept over a reload and deleted', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, numbers)
    await showTab(page, 'files')
    const first = treeItem(page, directoryOf(1))
    await first.waitFor()
    await treeItem(page, directoryOf(3)).waitFor()
    await pause(page)

    await first.click()
    await page.getByRole('heading', { name: directoryOf(1) }).waitFor()
    const zipped = await unzip(page, () => button(page, t('saved.downloadDirectory', { path: directoryOf(1) })).click())
    expect(Object.keys(zipped)).toEqual(
      ['part-00000', 'part-00001', '_SUCCESS'].map((name) => `${directoryOf(1)}/${name}`),
    )
    expect(Object.values(zipped).join('')).toBe(
      rowsOf(1)
        .map((each) => `${each}\n`)
        .join(''),
    )

    // The tree by keyboard: into the directory, to its first part.
    await page.getByRole('tree', { name: t('saved.tree') }).focus()
    await page.keyboard.press('ArrowRight')
    const path = `${directoryOf(1)}/part-00000`
    const preview = page.getByRole('region', { name: t('saved.preview', { path }) })
    await soon(async () => (await preview.innerText()).trim().split('\n')).toEqual(rowsOf(1).slice(0, 5))
    expect(await preview.locator('b').count()).toBe(0)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(page, t('saved.downloadFile', { path })).click(),
    ])
    expect(await readFile(await file.path(), 'utf8')).toBe(zipped[path])

    const all = await unzip(page, () => button(page, t('saved.downloadAll')).click())
    const seconds = [...new Set(Object.keys(all).map((name) => Number(/-(\d+)\.txt/.exec(name)?.[1]) / 1000))].sort()
    expect(seconds.length).toBeGreaterThanOrEqual(3)
    for (const second of seconds) {
      const parts = ['part-00000', 'part-00001'].map((name) => all[`${directoryOf(second)}/${name}`])
      expect(parts.join('').trimEnd().split('\n')).toEqual(rowsOf(second))
      expect(all[`${directoryOf(second)}/_SUCCESS`]).toBe('')
    }

    await showTab(page, 'output')
    const said = t('outputs.saved', { directory: directoryOf(2), parts: 2, records: 10 })
    await outputLog(page, 'files').getByText(said).waitFor()

    await page.reload()
    await showTab(page, 'files')
    await first.click()
    await button(page, t('saved.deleteDirectory', { path: directoryOf(1) })).click()
    const dialog = page.getByRole('dialog', { name: t('saved.askDirectory', { path: directoryOf(1) }) })
    await dialog.getByRole('button', { name: t('saved.deleteYes'), exact: true }).click()
    await first.waitFor({ state: 'detached' })
    await treeItem(page, directoryOf(2)).waitFor()
    await button(page, t('saved.deleteAll')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('saved.deleteYes'), exact: true })
      .click()
    await page.getByText(t('saved.none')).waitFor()
  })
})

test('a reload and the death of the driver leave the files that a run without them leaves', async () => {
  const counting = countForEver(11)
  const files = { id: 'files', op: 'saveAsTextFiles', params: { prefix: 'counts' }, at: [1200, 80] as const }
  const pipeline = {
    ...counting,
    nodes: [...counting.nodes, files],
    edges: [...counting.edges, { from: 'counts', to: 'files', port: 'in' }],
  }
  const expected = await runUninterrupted(pipeline, 'counts', 150)
  await app.visit({}, async ({ page }) => {
    const saved = async (): Promise<number> => {
      const name = await page.getByRole('tree').getByRole('treeitem').first().innerText()
      return Number(/counts-(\d+)/.exec(name)?.[1])
    }
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await showTab(page, 'files')
    await soon(saved).toBeGreaterThan(11_000)
    await page.reload()
    await untilPhase(page, 'running')
    await showTab(page, 'files')
    const reloadedMs = await saved()
    await soon(saved).toBeGreaterThan(reloadedMs + 2_000)
    const driver = page.workers().find((worker) => worker.url().includes('driver'))
    await driver?.evaluate(() => self.close()).catch(() => {})
    const killedMs = await saved()
    await page.getByText(/^The driver had to be started again/).waitFor()
    await untilPhase(page, 'running')
    await soon(saved).toBeGreaterThan(killedMs + 2_000)
    await pause(page)

    const all = await unzip(page, () => button(page, t('saved.downloadAll')).click())
    const times = new Set(Object.keys(all).map((path) => Number(/counts-(\d+)/.exec(path)?.[1])))
    const newestMs = Math.max(...times)
    expect([...times].sort((a, b) => a - b)).toEqual(Array.from({ length: newestMs / 1000 }, (_, i) => (i + 1) * 1000))
    for (const timeMs of times) {
      const parts = ['part-00000', 'part-00001'].map((name) => all[`counts-${timeMs}/${name}`])
      expect(parts.join('').trimEnd().split('\n')).toEqual(expected.get(timeMs))
      expect(all).toHaveProperty([`counts-${timeMs}/_SUCCESS`])
    }
  })
})
