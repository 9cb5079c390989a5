import { expect, test } from 'vitest'
import { chain, countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
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

test('an edited pipeline asks how to go on, and keeps the state it is told to keep', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, countForEver(5))
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(5_000)
    await pause(page)
    const before = await total()
    const beforeMs = await newestMs(page, 'shown')
    await nodeOf(page, 'lines').click()
    await typeInto(page, 'Rows per second', '1')
    await button(page, t('run.restart')).first().click()
    const dialog = page.getByRole('dialog', { name: 'The pipeline has changed since its checkpoint' })
    await dialog.getByText('counts: keeps its state').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await untilPhase(page, 'paused')
    await button(page, t('run.restart')).first().click()
    await dialog.getByRole('radio', { name: 'Go on with the edited pipeline and keep states' }).check()
    await dialog.getByRole('button', { name: 'Start' }).click()
    await page.getByText('It kept the state of counts.').waitFor()
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(beforeMs + 2_000)
    await pause(page)
    const after = await total()
    expect(after).toBeGreaterThan(before)
    // A line a second now, where there were twenty.
    expect(after).toBeLessThan(before * 2)

    async function total(): Promise<number> {
      const newest = [...(await printedBatches(page, 'shown'))].sort(([a], [b]) => a - b).at(-1)
      return (newest?.[1] ?? []).reduce((sum, row) => sum + Number(/(\d+)\D*$/.exec(row)?.[1] ?? 0), 0)
    }
  })
})

test('batches missed while the tab was closed are counted, wait when told to, and can be left out', async () => {
  const slow = chain({
    name: 'Slow',
    settings: { batchMs: 200 },
    nodes: [
      ['lines', 'simulatedTextStream', { generator: 'sentences', rowsPerSecond: 5 }],
      [
        'busy',
        'map',
        { fn: 'line => { const end = Date.now() + 150; while (Date.now() < end); return [1, line.length] }' },
      ],
      ['sums', 'updateStateByKey', { fn: '(values, sum = 0) => values.reduce((a, b) => a + b, sum)' }],
      ['shown', 'print', {}],
    ],
  })
  await app.visit({}, async ({ page, context }) => {
    await openPipeline(page, slow)
    await button(page, t('run.stop')).click()
    await page.getByRole('menuitem', { name: new RegExp(t('run.stopNow')) }).click()
    await page.getByRole('combobox', { name: t('run.clock') }).selectOption('real')
    await button(page, t('run.run')).click()
    await untilPhase(page, 'running')
    await soon(async () => (await printedBatches(page, 'shown')).size).toBeGreaterThan(2)
    const url = page.url()
    const closedMs = Date.now()
    await page.close()
    const later = await context.newPage()
    await later.waitForFunction((sinceMs) => Date.now() - sinceMs > 4_000, closedMs)
    await later.goto(url)
    await later.getByText(/^Running batch \d+ of \d+: missed while the tab was closed/).waitFor()
    await button(later, 'Have them wait').click()
    await later.getByText(/batches were missed while the tab was closed: they wait/).waitFor()
    await button(later, 'Skip to now…').click()
    await later.getByRole('dialog', { name: 'Go on from now?' }).getByText('States stay as of the last batch').waitFor()
    await later.getByRole('button', { name: 'Skip to now', exact: true }).click()
    await later.getByText(/of the time while the tab was closed were left out: from/).waitFor()
    await untilPhase(later, 'running')
  })
})
