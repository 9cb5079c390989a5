import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, newestMs, openPipeline, openText, printedBatches, showTab, soon, untilPhase } from '#e2e/app/screen.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { loadLateWords } from '#ui/words/late-words.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
loadLateWords()

/** What one life of the receiver stores: the integers from 0 on, ten a block, each with the time at which that life began. */
const TOTAL = 100
const INTEGERS = `class Integers extends Receiver {
  async onStart() {
    const life = Date.now()
    for (let n = 0; n < ${TOTAL}; n += 10) {
      await this.store(Array.from({ length: 10 }, (_, i) => ({ life, n: n + i })))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}`

/** Prints per life: how many integers, how many different ones, their sum. */
function integers(isLogged: boolean): Pipeline {
  return chain({
    name: 'Integers',
    settings: { batchMs: 500, conf: { 'spark.streaming.receiver.writeAheadLog.enable': isLogged } },
    nodes: [
      ['numbers', 'receiverStream', { receiver: INTEGERS }],
      ['pairs', 'map', { fn: '({ life, n }) => [life, n]' }],
      ['seen', 'updateStateByKey', { fn: '(ns, seen = []) => [...seen, ...ns]', checkpointMs: 60_000 }],
      [
        'line',
        'map',
        { fn: '([life, ns]) => [life, ns.length, new Set(ns).size, ns.reduce((a, b) => a + b, 0)].join(" ")' },
      ],
      ['shown', 'print', { num: 20 }],
    ],
  })
}

interface Life {
  readonly began: number
  readonly records: number
  readonly different: number
  readonly sum: number
}

async function lives(page: Page): Promise<readonly Life[]> {
  const batches = await printedBatches(page, 'shown')
  const rows = batches.get(Math.max(...batches.keys())) ?? []
  return rows
    .flatMap((row) => [...row.matchAll(/^(\d{13}) (\d+) (\d+) (\d+)$/g)])
    .map(([, began, records, different, sum]) => ({
      began: Number(began),
      records: Number(records),
      different: Number(different),
      sum: Number(sum),
    }))
    .sort((a, b) => a.began - b.began)
}

async function receivedBy(page: Page): Promise<number> {
  await showTab(page, 'receivers')
  const row = page.getByRole('row').filter({ hasText: 'numbers' })
  await row.waitFor()
  return Number((await row.getByRole('cell').nth(2).innerText()).replace(/\D/g, ''))
}

/** With a clock that stands still: all of the first life is received behind the first batch, then the page is reloaded, and one batch follows
 *  when all of the second life is received too. */
async function runAndReload(page: Page, pipeline: Pipeline): Promise<void> {
  await openPipeline(page, pipeline)
  await untilPhase(page, 'running')
  await button(page, t('run.stop')).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${t('run.stopNow')}`) }).click()
  await untilPhase(page, 'stopped')
  await page.getByLabel(t('run.clock'), { exact: true }).selectOption('virtual')
  await button(page, t('run.step')).click()
  await soon(() => receivedBy(page)).toBe(TOTAL)
  await page.reload()
  await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
  await soon(() => receivedBy(page)).toBe(TOTAL)
  await button(page, t('run.step')).click()
  await showTab(page, 'output')
}

async function showRecovery(page: Page): Promise<void> {
  await showTab(page, 'checkpoint')
  await page.getByRole('tab', { name: t('checkpoint.section.recovery') }).click()
}

const sumBelow = (count: number): number => (count * (count - 1)) / 2
const WHOLE = { records: TOTAL, different: TOTAL, sum: sumBelow(TOTAL) }

test('with the write-ahead log on, nothing that was received is lost with the page', async () => {
  await app.visit({}, async ({ page }) => {
    await runAndReload(page, integers(true))
    await soon(() => lives(page)).toMatchObject([WHOLE, WHOLE])
    await showRecovery(page)
    await page.getByText(t('checkpoint.blocks')).waitFor()
    expect(await page.getByRole('region', { name: t('checkpoint.lost') }).count()).toBe(0)
  })
})

test('with the write-ahead log off, the page says what was lost', async () => {
  await app.visit({}, async ({ page }) => {
    await runAndReload(page, integers(false))
    await soon(async () => (await lives(page)).at(-1)).toMatchObject(WHOLE)
    const [kept = { records: 0 }, ...others] = [...(await lives(page))].reverse().slice(1)
    expect(others).toEqual([])
    // Of the first life there is what the first batch had, which came before everything that is lost.
    expect(kept).toMatchObject(kept.records === 0 ? {} : { different: kept.records, sum: sumBelow(kept.records) })
    await showRecovery(page)
    const lost = page.getByRole('region', { name: t('checkpoint.lost') })
    await lost.waitFor()
    const counts = await lost.getByRole('definition').allInnerTexts()
    const sum = counts.reduce((total, text) => total + Number(text.replace(/\D/g, '')), 0)
    expect(sum).toBeGreaterThan(0)
    expect(kept.records + sum).toBe(TOTAL)
    await showTab(page, 'problems')
    await page
      .getByText(/could not be recovered as they were not found in memory/)
      .first()
      .waitFor()
  })
})

test('a receiver that hangs is replaced while the batches go on, and its code is shown before it runs', async () => {
  const hanging = '{ onStart(receiver) { receiver.store([1, 2, 3]).then(() => { for (;;) {} }) } }'
  const pipeline = chain({
    name: 'Hanging',
    settings: { batchMs: 500, conf: { 'sluice.batchDeadline': '1s', 'spark.streaming.receiverRestartDelay': 300 } },
    nodes: [
      ['numbers', 'receiverStream', { receiver: hanging }],
      ['shown', 'print', { num: 20 }],
    ],
  })
  await app.visit({}, async ({ page }) => {
    await openText(page, printPipeline(pipeline))
    const dialog = page.getByRole('dialog', { name: t('consent.title', { name: pipeline.name }) })
    await dialog.getByText(hanging).waitFor()
    expect(await page.locator('iframe').count()).toBeLessThanOrEqual(1)
    await dialog.getByRole('button', { name: t('consent.agree') }).click()
    await untilPhase(page, 'running')
    await showTab(page, 'receivers')
    const row = page.getByRole('row').filter({ hasText: 'numbers' })
    await row
      .getByText(/did not answer within 1000 ms/)
      .first()
      .waitFor()
    // The second one has stored its block, and hangs in turn.
    await soon(async () =>
      Number((await row.getByRole('cell').nth(2).innerText()).replace(/\D/g, '')),
    ).toBeGreaterThanOrEqual(6)
    await showTab(page, 'output')
    const nowMs = await newestMs(page, 'shown')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(nowMs)
    await untilPhase(page, 'running')
  })
})

test('errors of a receiver lead to their lines', async () => {
  const failing = `{
  onStart(receiver) {
    receiver.reportError('not so good', new Error('first'))
    throw new Error('second')
  },
}`
  const pipeline = chain({
    settings: { batchMs: 500, conf: { 'spark.streaming.receiverRestartDelay': 60_000 } },
    nodes: [
      ['numbers', 'receiverStream', { receiver: failing }],
      ['shown', 'print', { num: 20 }],
    ],
  })
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await showTab(page, 'receivers')
    const row = page.getByRole('row').filter({ hasText: 'numbers' })
    await row.getByText('Error starting receiver 0: Error: second').first().waitFor()
    await row.getByRole('button', { name: 'onStart · numbers.receiver · line 4, column 11' }).click()
    await soon(() => focusedLine(page)).toBe("    throw new Error('second')")
    await showTab(page, 'problems')
    const problems = page.getByRole('region', { name: t('problems.warnings') })
    await problems.getByText('not so good: Error: first').waitFor()
    await problems.getByRole('button', { name: 'onStart · numbers.receiver · line 3, column 41' }).click()
    await soon(() => focusedLine(page)).toBe("    receiver.reportError('not so good', new Error('first'))")
  })
})

/** The line of the editor that has the focus where its cursor is. */
function focusedLine(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const place = document.getSelection()?.focusNode
    const element = place instanceof Element ? place : place?.parentElement
    return document.activeElement?.contains(element ?? null) ? element?.closest('.cm-line')?.textContent : undefined
  })
}
