// A tab that a browser freezes is a process that stands still: here the system's own signals do that to it.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain, countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { button, newestMs, openPipeline, pause, printedBatches, setSpeed, soon, untilPhase } from '#e2e/app/screen.ts'
import { findBusiest } from '#e2e/sandbox/renderers.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const BATCH_MS = 250
const ROWS_PER_SECOND = 20
/** Longer than any tick is late that was merely slow. */
const FROZEN_MS = 7_000

/** One key, which counts all rows since the beginning. */
const total = chain({
  name: 'Total',
  settings: { batchMs: BATCH_MS },
  nodes: [
    ['rows', 'simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: ROWS_PER_SECOND }],
    ['pairs', 'map', { fn: "i => ['all', 1]" }],
    ['total', 'updateStateByKey', { fn: '(ones, count = 0) => count + ones.length' }],
    ['shown', 'print', {}],
  ],
})

test('a frozen tab makes up every batch that it missed, each once', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, total)
    await button(page, t('run.stop')).click()
    await page.getByRole('menuitem', { name: new RegExp(t('run.stopNow')) }).click()
    await page.getByRole('combobox', { name: t('run.clock') }).selectOption('real')
    await button(page, t('run.run')).click()
    await untilPhase(page, 'running')
    await soon(async () => (await printedBatches(page, 'shown')).size).toBeGreaterThan(4)
    const thaw = await freeze(page)
    const frozenMs = Date.now()
    await soon(() => Date.now() - frozenMs).toBeGreaterThan(FROZEN_MS)
    thaw()
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(frozenMs + FROZEN_MS + 1000)
    const batches = [...(await totals(page))].sort(([a], [b]) => a - b)
    expect(batches.length).toBeGreaterThan(2)
    const [first = [0, 0]] = batches
    for (const [place, [timeMs, count]] of batches.entries()) {
      expect(timeMs).toBe(first[0] + place * BATCH_MS)
      expect(count, `batch ${timeMs}`).toBe(first[1] + (place * BATCH_MS * ROWS_PER_SECOND) / 1000)
    }
    // From the first batch of all to the newest: as many rows as the source gives in that time.
    const [newest = [0, 0]] = batches.slice(-1)
    const counted = (newest[1] * 1000) / ROWS_PER_SECOND
    await button(page, t('run.stop')).click()
    await page.getByRole('menuitem', { name: new RegExp(t('run.stopNow')) }).click()
    expect(newest[0] - counted).toBeLessThan(frozenMs)
    expect(counted).toBeGreaterThan(FROZEN_MS)
  })
})

test('a frozen tab that was robbed of its run stores nothing when it wakes, and follows', async () => {
  const pipeline = countForEver(16)
  const expected = await runUninterrupted(pipeline, 'counts', 800)
  const compare = async (page: Page): Promise<void> => {
    const shown = await printedBatches(page, 'shown')
    expect(shown.size).toBeGreaterThan(0)
    for (const [timeMs, rows] of shown) expect(rows, `batch ${timeMs}`).toEqual(expected.get(timeMs))
  }
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '5')
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(3_000)
    const thaw = await freeze(first)
    try {
      const second = await context.newPage()
      await second.goto(app.url)
      await second.getByText(t('tabs.silent'), { exact: true }).waitFor()
      await button(second, t('tabs.takeOver')).click()
      await button(second, t('tabs.force')).click()
      await second.getByText(/^Recovered from the checkpoint of batch/).waitFor()
      const takenMs = await newestMs(second, 'shown')
      thaw()
      await first.getByText(t('tabs.follows'), { exact: true }).waitFor()
      await soon(() => newestMs(first, 'shown')).toBeGreaterThan(takenMs + 2000)
      await pause(second)
      await compare(second)
      await compare(first)
    } finally {
      thaw()
    }
  })
})

/** Stops the process of a page and its driver; gives what wakes it up. */
async function freeze(page: Page): Promise<() => void> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('the page has a browser')
  const pid = await findBusiest(browser, () =>
    page.evaluate(() => {
      const endMs = performance.now() + 150
      while (performance.now() < endMs);
    }),
  )
  process.kill(pid, 'SIGSTOP')
  return () => process.kill(pid, 'SIGCONT')
}

/** The count of every batch in sight. */
async function totals(page: Page): Promise<ReadonlyMap<number, number>> {
  const shown = await printedBatches(page, 'shown')
  return new Map([...shown].map(([timeMs, rows]) => [timeMs, Number(/^\(all,(\d+)\)$/.exec(rows[0] ?? '')?.[1])]))
}
