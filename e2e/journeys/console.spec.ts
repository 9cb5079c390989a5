import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { nodeOf, openPipeline, pause, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const IMAGE = '<img src=x onerror="window.harmed = 1">'

const consoleOf = (page: Page) => page.getByRole('log', { name: t('console.title'), exact: true })

test('what a function logs is shown with its node and leads to its line', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(
      page,
      chain({
        name: 'Logging',
        settings: { prelude: `const half = x => {\n  console.warn(${JSON.stringify(IMAGE)}, x)\n  return x / 2\n}` },
        nodes: [
          ['numbers', 'constantStream', { records: [4] }],
          ['halves', 'map', { fn: 'x => {\n  console.log({ x })\n  return half(x)\n}' }],
          ['shown', 'print', {}],
        ],
      }),
    )
    await consoleOf(page).getByText('Time: 1000 ms', { exact: true }).waitFor()
    await pause(page)
    const first = (await consoleOf(page).innerText()).split('Time: 1000 ms')[1]
    expect(first?.split('\n').filter((line) => line !== '')).toEqual([
      'halves.fn:2',
      '{x: 4}',
      'halves → shared code:2',
      t('console.warn'),
      `${IMAGE} 4`,
    ])
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false)
    await consoleOf(page)
      .getByRole('button', { name: t('console.goto', { place: 'halves.fn:2' }) })
      .first()
      .click()
    /** The line of the editor that has the focus where its cursor is. */
    const line = () =>
      page.evaluate(() => {
        const place = document.getSelection()?.focusNode
        const element = place instanceof Element ? place : place?.parentElement
        return document.activeElement?.contains(element ?? null) ? element?.closest('.cm-line')?.textContent : undefined
      })
    await soon(line).toBe('  console.log({ x })')
  })
})

test('a function that logs a million times, and hostile things, holds nothing up', async () => {
  await app.visit({}, async ({ page }) => {
    const log = 'console.log("y".repeat(1e7), new Proxy({}, { ownKeys() { throw 1 } }), { get z() { throw 2 } })'
    await openPipeline(
      page,
      chain({
        name: 'Flooding',
        nodes: [
          ['numbers', 'constantStream', { records: [1] }],
          ['flood', 'map', { fn: `x => { ${log}; for (let i = 0; i < 1e6; i++) console.log(i); return x }` }],
          ['shown', 'print', {}],
        ],
      }),
    )
    const more = t('console.more', { place: 'flood.fn', count: '999,951' })
    await consoleOf(page).getByText('Time: 2000 ms', { exact: true }).waitFor()
    await pause(page)
    // Only what is in sight is in the page.
    await consoleOf(page).evaluate((each) => each.scrollTo(0, 45 * 18))
    await consoleOf(page).getByText(more, { exact: true }).first().waitFor()
    expect((await consoleOf(page).innerText()).length).toBeLessThan(100_000)
  })
})

test('a record is found by its number, or the next one that is kept', async () => {
  await app.visit({}, async ({ page }) => {
    const rows = 'Array.from({ length: 50000 }, (_, n) => ({ n }))'
    await openPipeline(
      page,
      chain({
        name: 'Large',
        nodes: [
          ['one', 'constantStream', { records: [1], partitions: 1 }],
          ['rows', 'flatMap', { fn: `() => ${rows}` }],
          ['shown', 'print', {}],
        ],
      }),
    )
    await nodeOf(page, 'rows').click()
    await page.getByRole('tab', { name: t('inspector.data') }).click()
    await page.getByRole('button', { name: t('data.more') }).click()
    await page.getByText(/^The first 1,000 of 50,000 records, and 1,000 picked/).waitFor()
    await pause(page)
    const region = page.getByRole('region', { name: /^Records of rows/ })
    const field = page.getByRole('textbox', { name: t('goTo.label') })
    const current = region.locator('tr[aria-current="true"]')
    const said = page.getByRole('status').filter({ hasText: /^Record/ })
    await region.focus()
    await page.keyboard.press('g')
    await page.keyboard.type('990')
    await page.keyboard.press('Enter')
    await said.getByText(t('goTo.shown', { number: '990', partition: 0, index: '990' })).waitFor()
    expect(await current.innerText()).toMatch(/^\s*0\s+990\s+990\s*$/)

    await field.fill('30,000')
    await field.press('Enter')
    await soon(() => said.innerText()).toMatch(/^Record 30,000/)
    const number = Number((await current.innerText()).trim().split(/\s+/).at(-1))
    expect(number).toBeGreaterThanOrEqual(30_000)
    expect(number).toBeLessThan(31_500)
    if (number > 30_000) expect(await said.innerText()).toContain('Record 30,000 is not kept. The next that is')

    await field.fill('0/60000')
    await field.press('Enter')
    await page
      .getByText(t('goTo.beyond', { last: '49,999' }))
      .first()
      .waitFor()
  })
})
