import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { serveApp } from '#e2e/app/app-server.ts'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { newestMs, openPipeline, pause, printedBatches, setSpeed, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const pipeline = countForEver(9)

test('a browser without room stops checkpoints and nothing else, keeps the old one, and goes on writing when there is room', async () => {
  const expected = await runUninterrupted(pipeline, 'counts', 600)
  await app.visit({}, async ({ page, context }) => {
    const browser = await context.newCDPSession(page)
    // At an address where nothing was stored yet: what a browser once found to be free it believes in for half a minute.
    const server = await serveApp(app.folder)
    const setQuota = (quotaSize?: number) =>
      browser.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(server.url).origin,
        ...(quotaSize === undefined ? {} : { quotaSize }),
      })
    await setQuota(200_000)
    await page.goto(server.url)
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await trouble(page).waitFor()
    const fullMs = await newestMs(page, 'shown')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(fullMs + 5_000)
    expect(await trouble(page).innerText()).toContain('no room left')

    // The old checkpoint is whole, also for a page that finds no room from its beginning, not even to say that it has the run now.
    await setQuota(1_000)
    await page.reload()
    const recovered = page.getByText(/^Recovered from the checkpoint of batch/)
    await recovered.waitFor()
    expect(timeOf(await recovered.innerText())).toBeLessThanOrEqual(fullMs + 1_000)
    await trouble(page).waitFor()
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(fullMs + 3_000)
    await compare(page, expected)

    await setQuota()
    await soon(() => trouble(page).count()).toBe(0)
    const freeMs = await newestMs(page, 'shown')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(freeMs + 2_000)
    await page.reload()
    await recovered.waitFor()
    expect(timeOf(await recovered.innerText())).toBeGreaterThanOrEqual(freeMs)
    await pause(page)
    await compare(page, expected)
    await server.close()
  })
})

const trouble = (page: Page) => page.getByText(t('storage.trouble', { reason: '' }).slice(0, 30))

/** Batch time of the checkpoint that the banner names. */
function timeOf(banner: string): number {
  const [, minutes, seconds] = /batch (\d\d):(\d\d)/.exec(banner) ?? []
  return (Number(minutes) * 60 + Number(seconds)) * 1000
}

async function compare(page: Page, expected: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const shown = await printedBatches(page, 'shown')
  expect(shown.size).toBeGreaterThan(0)
  for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
}
