import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import {
  button,
  centreOf,
  chooseFromMenu,
  drag,
  inPort,
  nodeOf,
  outPort,
  printedBatch,
  savedText,
  soon,
  typeInto,
} from '#e2e/app/screen.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { findOperator } from '#engine/registry.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('word count is built from nothing by mouse, and a function is changed by keyboard', async () => {
  await app.visit({}, async ({ page }) => {
    await startEmpty(page)
    // One operator is dragged to the canvas, another is chosen there; the rest goes beside what is selected.
    const canvas = page.getByRole('region', { name: t('canvas.title') })
    await entry(page, 'simulatedTextStream').dragTo(canvas, { targetPosition: { x: 120, y: 120 } })
    await entry(page, 'flatMap').click()
    await nodeOf(page, 'flatMap').waitFor()
    await page.keyboard.press('Escape')
    await entry(page, 'map').dragTo(canvas, { targetPosition: { x: 700, y: 300 } })
    await button(page, t('canvas.action.fit')).click()
    await drag(page, outPort(page, 'flatMap'), inPort(page, 'map'))
    await edgeOf(page, 'flatMap', 'map').waitFor({ state: 'attached' })
    await nodeOf(page, 'map').click()
    await entry(page, 'reduceByKey').click()
    await entry(page, 'print').click()

    await button(page, t('canvas.action.fit')).click()
    await nodeOf(page, 'map').click()
    await typeInto(page, 'Function', "word => [word.length > 3 ? 'long' : 'short', 1]")
    await button(page, t('run.run')).click()
    const shown = await printedBatch(page, 'print', 1000)

    const built = parsePipelineText(await savedText(page))
    if (!built.ok) throw new Error(JSON.stringify(built.error))
    const expected = await runUninterrupted(built.value, 'reduceByKey', 1)
    expect(shown).toEqual(expected.get(1000))
    expect(shown.map((row) => row.replace(/\d+/, 'n')).sort()).toEqual(['(long,n)', '(short,n)'])
  })
})

test('everything that was done is undone and done again, to the letter', async () => {
  await app.visit({}, async ({ page }) => {
    await startEmpty(page)
    for (const op of ['queueStream', 'count', 'print']) await entry(page, op).click()
    await page.keyboard.press('Escape')
    await button(page, t('canvas.action.fit')).click()
    const before = await savedText(page)
    const undoBefore = await undoButton(page).getAttribute('aria-label')

    const steps: readonly (() => Promise<void>)[] = [
      () => entry(page, 'filter').click(),
      async () => {
        await button(page, t('canvas.action.fit')).click()
        await drag(page, outPort(page, 'queueStream'), inPort(page, 'filter'))
        await edgeOf(page, 'queueStream', 'filter').waitFor({ state: 'attached' })
      },
      async () => {
        const at = await centreOf(nodeOf(page, 'filter'))
        await page.mouse.move(at.x, at.y)
        await page.mouse.down()
        await page.mouse.move(at.x + 40, at.y + 60, { steps: 5 })
        await page.mouse.up()
      },
      async () => {
        await nodeOf(page, 'filter').click()
        await typeInto(page, 'Test', "record => record !== 'b'")
      },
      async () => {
        await nodeOf(page, 'filter').click()
        await page.keyboard.press('F2')
        await page.keyboard.insertText('withoutB')
        await page.keyboard.press('Enter')
        await nodeOf(page, 'withoutB').waitFor()
      },
      async () => {
        await nodeOf(page, 'count').click()
        await page.keyboard.press('Delete')
        await nodeOf(page, 'count').waitFor({ state: 'detached' })
      },
      () => button(page, t('canvas.action.tidy')).click(),
    ]
    for (const step of steps) await step()
    const after = await savedText(page)
    expect(after).not.toBe(before)

    for (const _ of steps) await undoButton(page).click()
    await soon(() => undoButton(page).getAttribute('aria-label')).toBe(undoBefore)
    expect(await savedText(page)).toBe(before)
    for (const _ of steps) await redoButton(page).click()
    await button(page, t('run.nothingToRedo')).waitFor()
    expect(await savedText(page)).toBe(after)
  })
})

async function startEmpty(page: Page): Promise<void> {
  await chooseFromMenu(page, t('files.new'))
  await page.getByText(t('canvas.empty.title')).waitFor()
}

function entry(page: Page, op: string): Locator {
  const palette = page.getByRole('navigation', { name: t('shell.palette') })
  return palette.getByRole('button', { name: findOperator(op)?.title ?? op, exact: true })
}

const edgeOf = (page: Page, from: string, to: string): Locator =>
  page.getByRole('group', { name: t('canvas.edge', { from, to }), exact: true })

const undoButton = (page: Page): Locator => page.getByRole('button', { name: /^(Undo: |Nothing to undo)/ })
const redoButton = (page: Page): Locator => page.getByRole('button', { name: /^(Redo: |Nothing to redo)/ })
