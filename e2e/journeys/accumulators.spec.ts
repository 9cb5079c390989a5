import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, openPipeline, outputLog, pause, savedText, soon, untilPhase } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

const counting = chain({
  settings: {
    accumulators: [{ name: 'seen' }, { name: 'late', lazy: true }],
    broadcasts: [{ name: 'step', value: 2, lazy: true }],
  },
  nodes: [
    ['numbers', 'simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: 10 }],
    [
      'counted',
      'map',
      { fn: 'x => { acc.late.add(bc.step.value); try { acc.seen.add(1) } catch { return -1 }; return x }' },
    ],
    ['shown', 'print', { num: 20 }],
  ],
})

const panel = (page: Page) => page.getByRole('region', { name: new RegExp(`^${t('inspector.accumulators')}`) })

/** Batch time and what the panel says of each accumulator. */
async function panelText(page: Page): Promise<{ timeMs: number; values: string[] }> {
  const text = await panel(page).innerText()
  const [, minutes, seconds] = /(\d\d):(\d\d)/.exec(text) ?? []
  return {
    timeMs: (Number(minutes) * 60 + Number(seconds)) * 1000,
    values: await panel(page).getByRole('definition').allInnerTexts(),
  }
}

test('accumulators are shown batch by batch, and what is not lazy is lost with a reload', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, counting)
    await panel(page).waitFor()
    await soon(async () => (await panelText(page)).timeMs).toBeGreaterThanOrEqual(2000)
    await pause(page)
    const batches = (await panelText(page)).timeMs / 1000
    expect((await panelText(page)).values).toEqual([`${batches * 10}`, `${batches * 20}`])
    await button(page, t('timeline.older')).click()
    await soon(() => panelText(page)).toEqual({
      timeMs: (batches - 1) * 1000,
      values: [`${batches * 10 - 10}`, `${batches * 20 - 20}`],
    })
    await page.reload()
    await outputLog(page, 'shown').getByText('-1').first().waitFor()
    await soon(async () => (await panelText(page)).values[0]).toBe(t('inspector.accumulatorGone'))
    const late = Number((await panelText(page)).values[1])
    expect(late % 20).toBe(0)
    expect(late).toBeGreaterThan(0)
  })
})

test('accumulators and broadcasts are added and edited in the settings', async () => {
  await app.visit({}, async ({ page }) => {
    await untilPhase(page, 'running')
    await page.getByText(t('inspector.more'), { exact: true }).click()
    await button(page, t('inspector.accumulatorsAdd')).click()
    const row = page.getByRole('group', { name: 'counter', exact: true })
    await row.getByLabel(t('inspector.accumulatorsValue')).fill('"none"')
    await row.getByText('neither a number nor a list').waitFor()
    await row.getByLabel(t('inspector.accumulatorsValue')).fill('[]')
    await row.getByLabel(t('inspector.sharedLazy')).check()
    await row.getByLabel(t('inspector.sharedName')).fill('bad words')
    await page.getByRole('alert').getByText('must begin with a letter').waitFor()
    await row.getByLabel(t('inspector.sharedName')).fill('badWords')
    await button(page, t('inspector.broadcastsAdd')).click()
    await page
      .getByRole('group', { name: 'values', exact: true })
      .getByLabel(t('inspector.broadcastsValue'))
      .fill('["a", "the"]')
    const { settings } = JSON.parse(await savedText(page))
    expect(settings).toMatchObject({
      accumulators: [{ name: 'badWords', initial: [], lazy: true }],
      broadcasts: [{ name: 'values', value: ['a', 'the'], lazy: false }],
    })
    await button(page, t('inspector.sharedRemove', { name: 'badWords' })).click()
    await page.getByRole('group', { name: 'badWords', exact: true }).waitFor({ state: 'detached' })
  })
})
