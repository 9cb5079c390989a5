import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, nodeOf, openPipeline, printedBatches, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('words are counted on bytes, and the inspector says so, or what keeps a node from it', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(
      page,
      chain({
        nodes: [
          ['typed', 'manualStream'],
          ['words', 'flatMap', { fn: "line => line.toLowerCase().split(' ')" }],
          ['pairs', 'map', { fn: 'word => [word, 1]' }],
          ['counts', 'reduceByKey', { reduce: '(a, b) => a + b' }],
          ['tens', 'map', { fn: "([word, count]) => word + ' ' + count" }],
          ['out', 'print', {}],
        ],
      }),
    )
    await nodeOf(page, 'pairs').click()
    const badge = page.getByText(t('packed.runs'), { exact: true })
    await badge.click()
    await page.getByText(t('packed.runsHelp')).waitFor()
    // It takes the records of a shuffle.
    await nodeOf(page, 'tens').click()
    await badge.waitFor({ state: 'detached' })

    await nodeOf(page, 'typed').click()
    await page.getByLabel(t('inspector.sendLabel')).fill('Be or not be\nto BE')
    await button(page, t('inspector.send')).click()
    await soon(async () => [...(await printedBatches(page, 'out')).values()].flat().sort()).toEqual(
      expect.arrayContaining(['be 3', 'not 1', 'or 1', 'to 1']),
    )

    await openPipeline(
      page,
      chain({
        nodes: [
          ['typed', 'manualStream'],
          ['words', 'flatMap', { fn: 'line => line.match(/[a-z]+/g) ?? []' }],
          ['counts', 'countByValue'],
          ['out', 'print', {}],
        ],
      }),
    )
    await nodeOf(page, 'counts').click()
    await page.getByText(t('packed.recordsBefore', { node: 'words' }), { exact: true }).click()
    await page.getByText(t('packed.function', { node: 'words', part: 'line.match(/[a-z]+/g) ?? []' })).waitFor()
  })
})
