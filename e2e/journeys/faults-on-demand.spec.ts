import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { runUninterrupted } from '#e2e/app/oracle.ts'
import { button, newestMs, openPipeline, pause, printedBatches, setSpeed, showTab, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('faults that a person asks for happen, are told in words, and change no count', async () => {
  const pipeline = countForEver(8)
  const expected = await runUninterrupted(pipeline, 'counts', 600)
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    // Past a data checkpoint, and then some.
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(12_000)
    const tenth = async () => Math.floor(((await newestMs(page, 'shown')) % 10_000) / 1000)
    await soon(tenth).toBeGreaterThan(2)

    await button(page, t('run.faults')).click()
    const panel = page.getByRole('dialog', { name: t('faults.title') })
    await panel.getByRole('button', { name: `${t('faults.executor')} ${t('faults.kill')}` }).click()
    await panel.getByText(t('faults.done', { what: t('faults.executor') })).waitFor()
    await page.keyboard.press('Escape')
    await soon(() => panel.count()).toBe(0)

    await showTab(page, 'checkpoint')
    await page.getByRole('tab', { name: t('checkpoint.section.incidents') }).click()
    const first = page.getByRole('listitem').filter({ hasText: t('incident.mark.executors') })
    await soon(async () => await first.innerText()).toContain(t('incident.nothingLost'))
    await checkClaim(await first.innerText())

    // The command palette reaches the same.
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.insertText(t('faults.driver'))
    await page.getByRole('option', { name: t('faults.command', { what: t('faults.driver') }) }).click()
    const second = page.getByRole('listitem').filter({ hasText: t('incident.driver.killed') })
    await soon(async () => await second.innerText()).toContain(t('incident.nothingLost'))
    expect(await second.innerText()).toMatch(/Another driver went on from the checkpoint of batch \d\d:\d\d/)

    await page.getByRole('tab', { name: t('checkpoint.section.lineage') }).click()
    await page.getByRole('img', { name: /^Chain of “counts”: cut at \d\d:\d0/ }).waitFor()
    await page.getByRole('tab', { name: t('checkpoint.section.kept') }).click()
    await page
      .getByRole('cell', { name: t('checkpoint.kind.full'), exact: true })
      .first()
      .waitFor()

    await showTab(page, 'output')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(20_000)
    await pause(page)
    await compare(page, expected)
    await button(page, t('run.faults')).click()
    await panel.getByRole('button', { name: `${t('faults.reload')} ${t('faults.reloadDo')}` }).click()
    await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    await showTab(page, 'checkpoint')
    await page.getByRole('tab', { name: t('checkpoint.section.incidents') }).click()
    await page.getByText(t('incident.driver.reloaded')).waitFor()
    // What happened before is in the checkpoint.
    await soon(async () => await first.innerText()).toContain(t('incident.nothingLost'))
    await page.getByText(t('incident.driver.closed')).waitFor()
  })
})

/** The state is cut every ten batches: what was made again lies between the cut that is named and the batch of the fault. */
function checkClaim(text: string): void {
  const [, , struck = ''] = /killed in batch (\d\d):(\d\d)/.exec(text) ?? []
  const second = Number(struck)
  const [, from = ''] = /from the checkpoint of batch \d\d:(\d\d)/.exec(text) ?? []
  expect(Number(from), text).toBe(Math.floor(((second + 59) % 60) / 10) * 10)
}

async function compare(page: Page, expected: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const shown = await printedBatches(page, 'shown')
  expect(shown.size).toBeGreaterThan(0)
  for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
}
