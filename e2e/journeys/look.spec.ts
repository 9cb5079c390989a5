import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { button, drag, inPort, newestMs, nodeOf, outPort, pause, printedBatches, soon } from '#e2e/app/screen.ts'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import { firstPiece } from '#ui/gallery/gallery.ts'
import { HISTOGRAM_PX } from '#ui/timeline/draw-strip.ts'
import { columnLeft, layStrip } from '#ui/timeline/strip-geometry.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const { pipeline } = firstPiece()

test('a refused connection says why', async () => {
  const why = whyNotConnect(pipeline, { from: 'wordCounts', to: 'words' })?.message
  await app.visit({}, async ({ page }) => {
    await nodeOf(page, 'words').waitFor()
    await drag(page, outPort(page, 'wordCounts'), inPort(page, 'words'))
    await page
      .getByRole('status')
      .getByText(t('canvas.said.refused', { why: why ?? '' }))
      .waitFor()
    expect(why).toBeTruthy()
    await button(page, t('run.nothingToUndo')).waitFor()
  })
})

test('an edge and an old batch show their data', async () => {
  const words = await runUninterrupted(pipeline, 'words', 60)
  const counts = await runUninterrupted(pipeline, 'wordCounts', 60)
  await app.visit({}, async ({ page }) => {
    await soon(async () => (await printedBatches(page, 'shown')).size).toBeGreaterThanOrEqual(3)
    await pause(page)
    const liveMs = await newestMs(page, 'shown')

    const peeked = words.get(liveMs)?.length ?? 0
    await page
      .getByRole('button', { name: t('canvas.edge.records', { count: peeked, from: 'words', to: 'pairs' }) })
      .hover()
    const peek = page.getByRole('tooltip').filter({ hasText: t('canvas.edge.open') })
    const first = (words.get(liveMs) ?? []).slice(0, 3).map((word) => JSON.stringify(word))
    await soon(() => peek.getByRole('listitem').allInnerTexts()).toEqual(first)

    // With the pointer the batch before the newest, with the keyboard the one before that.
    const strip = page.getByRole('slider', { name: t('timeline.strip') })
    const count = Number(await strip.getAttribute('aria-valuemax')) + 1
    const box = await strip.boundingBox()
    const geometry = layStrip((box?.width ?? 0) - HISTOGRAM_PX)
    await strip.click({ position: { x: columnLeft(count - 2, count, geometry) + geometry.columnPx / 2, y: 20 } })
    await soon(async () => [...(await printedBatches(page, 'shown')).keys()]).toEqual([liveMs - 500])
    await strip.press('ArrowLeft')
    const oldMs = liveMs - 1000
    await soon(async () => [...(await printedBatches(page, 'shown')).keys()]).toEqual([oldMs])
    const old = counts.get(oldMs) ?? []
    expect((await printedBatches(page, 'shown')).get(oldMs)).toEqual([...old.slice(0, 10), '...'])
    await page
      .getByRole('button', { name: t('canvas.edge.records', { count: old.length, from: 'wordCounts', to: 'shown' }) })
      .waitFor()
    await nodeOf(page, 'wordCounts').click()
    await page.getByRole('tab', { name: t('inspector.data') }).click()
    await page
      .getByRole('region', { name: t('data.of', { node: 'wordCounts' }) })
      .getByText(t('data.records', { count: old.length }), { exact: true })
      .waitFor()
    await button(page, t('timeline.backToLive')).first().click()
    await soon(() => newestMs(page, 'shown')).toBe(liveMs)
    await button(page, t('run.resume')).click()
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(liveMs)
  })
})

test('figures are drawn in their places, below what lies above them, and as long as they can be read', async () => {
  await app.visit({}, async ({ page }) => {
    await soon(async () => (await printedBatches(page, 'shown')).size).toBeGreaterThanOrEqual(3)
    await pause(page)
    const words = figureOf(page, 'words')
    await soon(() => inkAt(words)).toEqual({ inside: true, around: false })
    const pane = page.locator('.react-flow__pane')
    await pane.hover({ position: { x: 40, y: 20 } })
    await page.mouse.wheel(0, -120)
    await soon(() => inkAt(words)).toEqual({ inside: true, around: false })
    await button(page, t('canvas.action.fit')).click()

    // Its left half over the figure, so that its own figure is elsewhere.
    const lines = await boxOf(nodeOf(page, 'lines'))
    const target = await boxOf(words)
    await page.mouse.move(lines.x + 40, lines.y + 10)
    await page.mouse.down()
    await page.mouse.move(lines.x + 45, lines.y + 10)
    await page.mouse.move(target.x + 10, target.y - 20, { steps: 4 })
    await soon(() => inkAt(words)).toEqual({ inside: false, around: false })
    await page.mouse.up()
    await page.keyboard.press('Control+z')
    await soon(() => inkAt(words)).toEqual({ inside: true, around: false })

    const sheet = page.locator('.react-flow__viewport canvas')
    for (let step = 0; step < 20 && (await sheet.isVisible()); step++) {
      await pane.hover({ position: { x: 40, y: 20 } })
      await page.mouse.wheel(0, 200)
    }
    expect(await sheet.isVisible()).toBe(false)
    await button(page, t('canvas.action.fit')).click()
    await soon(() => inkAt(words)).toEqual({ inside: true, around: false })
  })
})

const figureOf = (page: Page, node: string): Locator => nodeOf(page, node).getByRole('img', { name: /in this batch/ })

async function boxOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not on the screen')
  return box
}

/** Whether anything is drawn where a figure belongs, and whether anything is drawn close to it. */
function inkAt(figure: Locator): Promise<{ inside: boolean; around: boolean }> {
  return figure.evaluate((element) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.react-flow__viewport canvas')
    if (canvas === null) return { inside: false, around: false }
    const origin = canvas.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
    copy?.drawImage(canvas, 0, 0)
    const countInk = (margin: number) => {
      const [left, top] = [box.left - origin.left - margin, box.top - origin.top - margin]
      const pixels = copy?.getImageData(left, top, box.width + 2 * margin, box.height + 2 * margin).data ?? []
      return [...pixels].filter((value, index) => index % 4 === 3 && value > 40).length
    }
    const inside = countInk(1)
    return { inside: inside > 0, around: countInk(4) > inside }
  })
}
