import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { openPipeline, pause, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('what executors keep is in view, and from 80 % on a warning says what helps', async () => {
  await app.visit({}, async ({ page }) => {
    const rows = { generator: 'custom', fn: 'i => i', rowsPerSecond: 25_000 }
    await openPipeline(
      page,
      chain({
        name: 'Filling up',
        settings: { batchMs: 200, conf: { 'spark.executor.memory': '1m' } },
        nodes: [
          ['numbers', 'simulatedTextStream', rows],
          ['recent', 'window', { windowMs: 600_000, slideMs: 200 }],
          ['shown', 'print', {}],
        ],
      }),
    )
    const meter = page.getByRole('meter', { name: t('memory.title') })
    const figure = page.getByRole('button', { name: new RegExp(`^${t('memory.title')}`) })
    await soon(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    expect(await meter.getAttribute('aria-valuetext')).toMatch(/ KiB of 1 MiB, \d+%$/)
    await soon(() => figure.innerText(), 60_000).toMatch(/\d+% full/)
    await page.getByRole('status').getByText(t('memory.nearlyFull')).waitFor({ state: 'attached' })
    await pause(page)
    // A hint opens for the keyboard.
    await figure.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await page.getByRole('tooltip').getByText(t('memory.advice')).waitFor()
  })
})
