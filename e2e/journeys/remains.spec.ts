import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, chooseFromMenu, newestMs, openPipeline, pause, setSpeed, showTab, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const pipeline = countForEver(3)

test('what is left of a damaged checkpoint can be downloaded and deleted', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(3_000)
    await pause(page)
    // Where no driver is left that might still store something.
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
    await page.goto(new URL('icon.svg', app.url).href)
    await page.evaluate(damageMetadata)
    await page.goto(app.url)
    // It starts afresh by itself, and says so.
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(0)
    await showTab(page, 'problems')
    await page.getByText(/it starts afresh. What is left of it is set aside/).waitFor()
    await chooseFromMenu(page, t('storage.open'))
    const dialog = page.getByRole('dialog', { name: t('storage.title') })
    const { name } = pipeline
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: t('storage.saveAside', { name }) }).click(),
    ])
    expect(download.suggestedFilename()).toBe('counts-for-ever-damaged.json.gz')
    const remains: unknown = JSON.parse(String(gunzipSync(await readFile(await download.path()))))
    expect(remains).toMatchObject({ format: 'sluice-remains', version: 1 })
    expect(JSON.stringify(remains)).toContain('["metadata/0","damaged on purpose"]')
    await dialog.getByRole('button', { name: t('storage.deleteAside', { name }) }).click()
    await dialog.getByText(t('storage.askAside', { name })).waitFor()
    await button(page, t('storage.delete')).click()
    await soon(() => dialog.getByText(t('storage.aside'), { exact: true }).count()).toBe(0)
  })
})

/** Runs in the page. */
async function damageMetadata(): Promise<void> {
  const opening = indexedDB.open('sluice-checkpoints')
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const store = opening.result.transaction('entries', 'readwrite').objectStore('entries')
  const asking = store.getAllKeys()
  await new Promise((resolve) => asking.addEventListener('success', resolve))
  for (const key of asking.result)
    if (Array.isArray(key) && String(key[1]).startsWith('metadata/')) store.put('damaged on purpose', key)
  await new Promise((resolve) => store.transaction.addEventListener('complete', resolve))
  opening.result.close()
}
