import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { outputLog, printedBatch, soon, untilPhase } from '#e2e/app/screen.ts'
import { checkPolicy } from '#scripts/check-csp.mjs'
import { firstPiece } from '#ui/gallery/gallery.ts'

const app = withApp()

test('a newcomer who touches nothing sees words counted, and nothing leaves the page', async () => {
  const expected = await runUninterrupted(firstPiece().pipeline, 'wordCounts', 1)
  await app.visit({}, async ({ page, requests }) => {
    await outputLog(page, 'shown').getByText('Time: 500 ms').waitFor()
    const firstMs = await page.evaluate(() => performance.now())
    console.log(`The first batch was on the screen ${Math.round(firstMs)} ms after the page began to load.`)
    expect(await printedBatch(page, 'shown', 500)).toEqual([...(expected.get(500)?.slice(0, 10) ?? []), '...'])

    await untilPhase(page, 'running')
    const count = page.getByRole('button', { name: /^\d+ records from words to pairs/ })
    const seen = new Set<string | null>()
    await soon(async () => seen.add(await count.getAttribute('aria-label')).size).toBeGreaterThanOrEqual(3)

    await measureScripts(page)
    const elsewhere = requests.filter((url) => !url.startsWith(app.url) && !/^(blob|data):/.test(url))
    expect(elsewhere).toEqual([])
  })
})

test('one who reloads before anything was counted sees words counted all the same', async () => {
  await app.visit({}, async ({ page }) => {
    for (let reload = 1; reload <= 3; reload++) await page.reload()
    await outputLog(page, 'shown').getByText('Time: 1000 ms').waitFor()
  })
})

test('the built files hold to their policies', async () => {
  expect(await checkPolicy(app.folder)).toEqual([])
  const html = await readFile(join(app.folder, 'index.html'), 'utf8')
  expect(html).not.toContain('unsafe-eval')
  expect(html, 'the folder can lie under any path').not.toMatch(/(src|href)="(\/|https?:)/)
})

async function measureScripts(page: Page): Promise<void> {
  const urls = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  )
  const sizes = await Promise.all(
    urls.map(async (url) => gzipSync(await readFile(join(app.folder, new URL(url).pathname))).length),
  )
  const sum = sizes.reduce((all, size) => all + size, 0)
  const parts = urls.map((url, i) => `${url.slice(app.url.length)} ${Math.round((sizes[i] ?? 0) / 1024)}`)
  console.log(`JavaScript loaded by the first batch: ${Math.round(sum / 1024)} KiB zipped (${parts.join(', ')}).`)
}
