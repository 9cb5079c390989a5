import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import {
  button,
  chooseFromMenu,
  newestMs,
  nodeOf,
  openText,
  printedBatch,
  savedText,
  soon,
  typeInto,
} from '#e2e/app/screen.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('a pipeline is saved as a file and opened again as it was', async () => {
  await app.visit({}, async ({ page }) => {
    await nodeOf(page, 'words').click()
    await typeInto(page, 'Function', "line => line.toUpperCase().split(' ')")
    const saved = await savedText(page)
    expect(saved).toContain('toUpperCase')
    await chooseFromMenu(page, t('files.new'))
    await page.getByText(t('canvas.empty.title')).waitFor()
    await openText(page, saved)
    await button(page, t('consent.agree')).click()
    const rows = await printedBatch(page, 'shown', 500)
    expect(rows[0]).toMatch(/^\([A-Z]+,\d+\)$/)
    expect(await savedText(page)).toBe(saved)
  })
})

test('a broken file says what is wrong and changes nothing', async () => {
  await app.visit({}, async ({ page }) => {
    await printedBatch(page, 'shown', 500)
    const seenMs = await newestMs(page, 'shown')
    const before = await savedText(page)
    const dialog = page.getByRole('dialog', { name: t('files.unreadableTitle') })
    for (const text of ['{"format": "sluice/1", "name": ', before.replace('"flatMap"', '17'), '[]']) {
      await openText(page, text, 'broken.json')
      await dialog.getByText('broken.json').waitFor()
      const parsed = parsePipelineText(text)
      const complaints = parsed.ok ? [] : parsed.error.map(({ message }) => message)
      expect(complaints).not.toEqual([])
      for (const complaint of complaints) await dialog.getByRole('listitem').filter({ hasText: complaint }).waitFor()
      await button(page, t('files.close')).last().click()
      await dialog.waitFor({ state: 'detached' })
    }
    expect(await savedText(page)).toBe(before)
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(seenMs)
  })
})

test('changes, and the choice of light or dark, outlive a reload', async () => {
  await app.visit({}, async ({ page }) => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    expect(await theme()).not.toBe('dark')
    await button(page, t('shell.toDark')).click()
    await soon(theme).toBe('dark')
    await nodeOf(page, 'words').click()
    await typeInto(page, 'Function', 'line => [line]')
    const before = await savedText(page)
    await page.reload()
    await nodeOf(page, 'words').waitFor()
    expect(await savedText(page)).toBe(before)
    expect(await theme()).toBe('dark')
    await button(page, t('shell.toLight')).click()
    await soon(theme).toBe('light')
  })
})
