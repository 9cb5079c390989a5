import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { numbersThrough } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, openPipeline, pause, printedBatch, showTab, soon, typeInto } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('a function that never returns is named and can be mended, and the page stays awake', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, numbersThrough('i => { while (i >= 15); return i }'))
    expect(await printedBatch(page, 'shown', 1000)).toEqual(numbers(0, 10))
    await measureFrames(page)
    await showTab(page, 'problems')
    const failures = page.getByRole('region', { name: t('problems.ofRun') })
    await failures.getByText('a function loops for ever').waitFor()
    const [worstMs = 0, nextMs = 0] = await longestFrames(page)
    console.log(
      `The longest frame beside an endless loop took ${Math.round(worstMs)} ms, the next ${Math.round(nextMs)}.`,
    )
    // One long frame may be the machine's; a page that waits for the loop would have none shorter.
    expect(nextMs).toBeLessThan(200)
    await failures.getByRole('button', { name: t('problems.goto', { place: 'step' }) }).click()

    await typeInto(page, 'Function', 'i => i + 100')
    await button(page, t('run.restart')).first().click()
    await showTab(page, 'output')
    expect(await printedBatch(page, 'shown', 2000)).toEqual(numbers(110, 120))
  })
})

test('a function that throws fails its batch and names the record; later batches succeed', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, numbersThrough("i => { if (i === 13) throw new Error('unlucky'); return i * 2 }"))
    expect(await printedBatch(page, 'shown', 3000)).toEqual(numbers(20, 30).map((row) => String(Number(row) * 2)))
    await pause(page)
    await showTab(page, 'problems')
    const failure = page.getByRole('region', { name: t('problems.ofRun') }).getByRole('listitem')
    await failure.getByText('unlucky').waitFor()
    const text = await failure.innerText()
    await failure.getByRole('button', { name: t('problems.goto', { place: 'step.fn' }) }).waitFor()
    expect(text).toContain(`${t('problems.record')} 13`)
    expect(text).toContain(t('problems.repeats', { count: 1, first: '00:02', last: '00:02' }))
    await showTab(page, 'batches')
    const rows = page.getByRole('table', { name: /^Batches: / }).getByRole('row')
    const failed = rows.filter({ hasText: t('timeline.status.failed') })
    await soon(() => failed.count()).toBe(1)
    expect(await failed.innerText()).toMatch(/^00:02/)
  })
})

/** From here on the page notes the times between frames. */
async function measureFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const look = (nowMs: number): void => {
      frames.push(nowMs - last)
      last = nowMs
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    Object.assign(window, { frameMs: frames })
  })
}

/** What measureFrames noted, the longest first. */
async function longestFrames(page: Page): Promise<readonly number[]> {
  const frames: number[] = await page.evaluate(() => Reflect.get(window, 'frameMs'))
  return frames.sort((a, b) => b - a)
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => String(from + i))
