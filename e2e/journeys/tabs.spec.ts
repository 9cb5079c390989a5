import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
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
import { loadLateWords } from '#ui/words/late-words.ts'
import { t } from '#ui/words/words.ts'

loadLateWords()

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

async function compare(page: Page): Promise<void> {
  const shown = await printedBatches(page, 'shown')
  expect(shown.size).toBeGreaterThan(0)
  for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
}

const pipeline = countForEver(15)
let expected: ReadonlyMap<number, readonly string[]> = new Map()
beforeAll(async () => {
  expected = await runUninterrupted(pipeline, 'counts', 400)
})

test('a second tab follows the first, takes over, and goes on when the other is closed', async () => {
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '5')
    const second = await openSecond(context)
    await says(second, t('tabs.follows')).waitFor()
    await soon(() => newestMs(second, 'shown')).toBeGreaterThan(3000)
    await untilPhase(second, 'running')
    await compare(second)
    // What the owner edits is seen; here nothing can be edited or run.
    await nodeOf(first, 'pairs').click()
    await typeInto(first, 'Function', 'word => [word, 2]')
    await nodeOf(second, 'pairs').click()
    const shown = second.getByRole('textbox', { name: 'Function', exact: true })
    await shown.getByText('word => [word, 2]').waitFor()
    expect(await shown.getAttribute('aria-readonly')).toBe('true')
    expect(await button(second, t('run.pause')).getAttribute('aria-disabled')).toBe('true')
    await button(second, t('tabs.takeOver')).click()
    await says(first, t('tabs.follows')).waitFor()
    await says(second, t('tabs.follows')).waitFor({ state: 'detached' })
    const handedMs = await newestMs(second, 'shown')
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(handedMs + 2000)
    await compare(first)
    await second.close()
    await says(first, t('tabs.gone')).waitFor()
    const closedMs = await newestMs(first, 'shown')
    await button(first, t('tabs.goOn')).click()
    await first.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(closedMs + 2000)
    await pause(first)
    await compare(first)
  })
})

test('an owner that hangs loses the run by force, stores nothing more, and follows when it wakes', async () => {
  await app.visit({}, async ({ page: first, context }) => {
    await openPipeline(first, pipeline)
    await setSpeed(first, '10')
    const second = await openSecond(context)
    await says(second, t('tabs.follows')).waitFor()
    await soon(() => newestMs(second, 'shown')).toBeGreaterThan(LATE_MS)
    // The page waits for an answer and can do nothing else; its driver can, and would go on for ever.
    let release = (): void => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await context.route('**/held', async (route) => {
      await released
      await route.fulfill({ body: 'at last' })
    })
    const hang = first.evaluate(() => {
      const request = new XMLHttpRequest()
      request.open('GET', 'held', false)
      request.send()
    })
    await says(second, t('tabs.silent')).waitFor()
    await button(second, t('tabs.takeOver')).click()
    await button(second, t('tabs.force')).click()
    await second.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    const takenMs = await newestMs(second, 'shown')
    release()
    await hang
    await says(first, t('tabs.follows')).waitFor()
    await soon(() => newestMs(first, 'shown')).toBeGreaterThan(takenMs + 2000)
    await pause(second)
    await compare(second)
    await compare(first)
  })
})
