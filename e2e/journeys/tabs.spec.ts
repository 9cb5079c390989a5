import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import {
  button,
  newestMs,
  nodeOf,
  openPipeline,
  pause,
  printedBatches,
  setSpeed,
  soon,
  typeInto,
  untilPhase,
} from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
/** State is checkpointed every ten batches, so that by then there is one, and batches after it to be made again. */
const LATE_MS = 13_000

const says = (page: Page, text: string) => page.getByText(text, { exact: true })

/** A second tab of the person who has the first one open. */
async function openSecond(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(app.url)
  return page
}

async function compare(page: Page, expected: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const shown = await printedBatches(page, 'shown')
  expect(shown.size).toBeGreaterThan(0)
  for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
}

test('a second tab follows the first, sees its edits, takes over gracefully, and is followed in turn', async () => {
  const pipeline = countForEver(15)
  const expected = await runUninterrupted(pipeline, 'counts', 300)
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '5')
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(3000)
    const second = await openSecond(context)
    await says(second, t('tabs.follows')).waitFor()
    await soon(() => newestMs(second, 'shown')).toBeGreaterThan(5000)
    await untilPhase(second, 'running')
    await compare(second, expected)
    // What the owner edits is seen; here nothing can be edited or run.
    await nodeOf(first, 'pairs').click()
    await typeInto(first, 'Function', 'word => [word, 2]')
    await nodeOf(second, 'pairs').click()
    await second.getByRole('textbox', { name: 'Function', exact: true }).getByText('word => [word, 2]').waitFor()
    expect(await button(second, t('run.pause')).getAttribute('aria-disabled')).toBe('true')
    await button(second, t('tabs.takeOver')).click()
    await says(first, t('tabs.follows')).waitFor()
    await says(second, t('tabs.follows')).waitFor({ state: 'detached' })
    const handedMs = await newestMs(second, 'shown')
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(handedMs + 2000)
    await pause(second)
    await untilPhase(first, 'paused')
    await compare(second, expected)
    await compare(first, expected)
  })
})

test('when the owner is closed, a tab that followed goes on from the checkpoint', async () => {
  const pipeline = countForEver(16)
  const expected = await runUninterrupted(pipeline, 'counts', 300)
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '10')
    const second = await openSecond(context)
    await says(second, t('tabs.follows')).waitFor()
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(LATE_MS)
    await first.close()
    await says(second, t('tabs.gone')).waitFor()
    await button(second, t('tabs.goOn')).click()
    await second.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    const recoveredMs = await newestMs(second, 'shown')
    await soon(() => newestMs(second, 'shown')).toBeGreaterThan(recoveredMs + 3000)
    await pause(second)
    await compare(second, expected)
  })
})

test('an owner that hangs loses the run by force, stores nothing more, and follows when it wakes', async () => {
  const pipeline = countForEver(17)
  const expected = await runUninterrupted(pipeline, 'counts', 400)
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '10')
    const second = await openSecond(context)
    await says(second, t('tabs.follows')).waitFor()
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(LATE_MS)
    // The page is blocked, but not its driver: that one would go on for ever.
    const hang = first.evaluate(() => {
      const until = performance.now() + 7000
      while (performance.now() < until);
    })
    await says(second, t('tabs.silent')).waitFor()
    await button(second, t('tabs.takeOver')).click()
    await button(second, t('tabs.force')).click()
    await second.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    const takenMs = await newestMs(second, 'shown')
    await hang
    await says(first, t('tabs.follows')).waitFor()
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(takenMs + 2000)
    await pause(second)
    await compare(second, expected)
    await compare(first, expected)
  })
})
