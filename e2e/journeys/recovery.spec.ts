import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { newestMs, openPipeline, pause, printedBatches, setSpeed, soon, untilPhase } from '#e2e/app/screen.ts'

const app = withApp()
/** State is checkpointed every ten batches, so that by then there is one, and batches after it to be made again. */
const LATE_MS = 13_000
/** Ten a second: more than any machine comes to, however long it takes to notice the last that is waited for. */
const BATCHES = 600

test('a page that is reloaded in the middle goes on where it was', async () => {
  const pipeline = countForEver(5)
  const expected = await runUninterrupted(pipeline, 'counts', BATCHES)
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(LATE_MS)
    await page.reload()
    await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    const banner = await page.getByText(/^Recovered from the checkpoint of batch/).innerText()
    expect(banner).toMatch(/State of \d\d+ keys restored from batch \d\d:\d\d/)
    await compareLater(page, LATE_MS + 5_000, expected)
  })
})

test('a driver that is killed comes back, and no count is lost or doubled', async () => {
  const pipeline = countForEver(6)
  const expected = await runUninterrupted(pipeline, 'counts', BATCHES)
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(LATE_MS)
    const driver = page.workers().find((worker) => worker.url().includes('driver'))
    await driver?.evaluate(() => self.close()).catch(() => {})
    const killedMs = await newestMs(page, 'shown')
    await page.getByText(/^The driver had to be started again/).waitFor()
    await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    await untilPhase(page, 'running')
    await compareLater(page, killedMs + 5_000, expected)
  })
})

test('executors that are lost are built again, and no count is lost or doubled', async () => {
  const pipeline = countForEver(7)
  const expected = await runUninterrupted(pipeline, 'counts', BATCHES)
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(LATE_MS)
    // They all live in one frame, as they do when the browser ends its process.
    const before = new Set(page.workers())
    await page.evaluate(() => document.querySelector('iframe')?.remove())
    await soon(() => page.workers().filter((worker) => !before.has(worker)).length).toBeGreaterThan(0)
    // Past the time that executors have for loading the functions: what was lost is forgotten by then.
    await compareLater(page, (await newestMs(page, 'shown')) + 40_000, expected)
  })
})

/** Pauses after `timeMs` and compares every batch in sight. */
async function compareLater(
  page: Page,
  timeMs: number,
  expected: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  await soon(() => newestMs(page, 'shown')).toBeGreaterThan(timeMs)
  await pause(page)
  const shown = await printedBatches(page, 'shown')
  expect(shown.size).toBeGreaterThan(0)
  for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
}
