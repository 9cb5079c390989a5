import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, nodeOf, openText, outputLog, pause, printedBatch, showTab, soon, untilPhase } from '#e2e/app/screen.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const IMAGE = '<img src=x onerror="window.harmed = 1">'
const SCRIPT = '<script>window.harmed = 2</script>'
const ADDRESS = 'javascript:window.harmed=3'
const KEYS = '{"__proto__":{"harmed":4},"constructor":{"prototype":{"harmed":5}}}'

test('whatever data, names and errors say stays text (T19)', async () => {
  await app.visit({ init: watchElements }, async ({ page }) => {
    await openText(page, printPipeline(attack()), `${IMAGE}.json`)
    const dialog = page.getByRole('dialog', { name: t('consent.title', { name: IMAGE }) })
    await dialog.getByText(`'${IMAGE}'`).waitFor()
    await button(page, t('consent.agree')).click()
    expect(await printedBatch(page, 'shown', 1000)).toEqual([IMAGE, SCRIPT, ADDRESS])
    await untilPhase(page, 'running')
    await pause(page)

    const table = page.getByRole('table', { name: /^Rows of rows in batch/ })
    await table.getByRole('columnheader', { name: '__proto__', exact: true }).waitFor()
    await table.getByRole('cell', { name: '{"harmed":4}', exact: true }).first().waitFor()
    await table.getByRole('cell', { name: '{"prototype":{"harmed":5}}', exact: true }).first().waitFor()

    await page.getByRole('button', { name: /^3 records from texts to shown/ }).hover()
    const peek = page.getByRole('tooltip').filter({ hasText: t('canvas.edge.open') })
    await soon(() => peek.getByRole('listitem').allInnerTexts()).toEqual(
      [IMAGE, SCRIPT, ADDRESS].map((text) => JSON.stringify(text)),
    )
    await nodeOf(page, 'texts').click()
    await page.getByRole('tab', { name: t('inspector.data') }).click()
    const records = page.getByRole('table', { name: /^Records of texts in batch/ })
    for (const text of [IMAGE, SCRIPT, ADDRESS]) await records.getByRole('cell', { name: text, exact: true }).waitFor()
    await showTab(page, 'problems')
    await page
      .getByRole('listitem')
      .filter({ hasText: `Error: ${IMAGE}` })
      .first()
      .waitFor()
    await showTab(page, 'batches')
    await page
      .getByRole('table', { name: /^Batches: / })
      .getByText(IMAGE)
      .first()
      .waitFor()

    expect(await madeElements(page)).toEqual([])
    expect(await page.evaluate(() => [Reflect.get(window, 'harmed'), Reflect.get({}, 'harmed')])).toEqual([
      undefined,
      undefined,
    ])
    // The watch itself works.
    await page.evaluate(() => document.body.append(document.createElement('img')))
    await soon(() => madeElements(page)).toEqual(['IMG'])
    expect(await outputLog(page, 'shown').count()).toBe(0)
  })
})

/** Every record, key, name and error is an attempt to become part of the page. */
function attack(): Pipeline {
  const texts = `i => ['${IMAGE}', '${SCRIPT}', '${ADDRESS}'][i % 3]`
  const base = chain({
    name: IMAGE,
    settings: { checkpoint: false },
    nodes: [
      ['texts', 'simulatedTextStream', { generator: 'custom', rowsPerSecond: 3, fn: texts }],
      ['shown', 'print'],
    ],
  })
  return {
    ...base,
    description: SCRIPT,
    nodes: [
      ...base.nodes.map((node) => ({ ...node, note: IMAGE })),
      { id: 'keys', op: 'map', params: { fn: `() => JSON.parse('${KEYS}')` }, at: [240, 200] },
      { id: 'rows', op: 'table', params: {}, at: [480, 200] },
      { id: 'faulty', op: 'map', params: { fn: 'text => { throw new Error(text) }' }, at: [240, 320] },
      { id: 'never', op: 'print', params: {}, at: [480, 320] },
    ],
    edges: [
      ...base.edges,
      { from: 'texts', to: 'keys' },
      { from: 'keys', to: 'rows' },
      { from: 'texts', to: 'faulty' },
      { from: 'faulty', to: 'never' },
    ],
  }
}

/** Notes every element that could run something, from the first on. The sandbox's frame and our own script are expected. */
function watchElements(): void {
  const made: string[] = []
  Object.assign(window, { madeElements: made })
  const isOurs = (element: Element): boolean =>
    (element.tagName === 'IFRAME' && element.getAttribute('sandbox') === 'allow-scripts') ||
    (element.tagName === 'SCRIPT' && element.closest('head') !== null && element.hasAttribute('src'))
  const runs = (element: Element): boolean =>
    ['IMG', 'SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'FORM'].includes(element.tagName) ||
    element.getAttributeNames().some((name) => name.startsWith('on')) ||
    /^\s*javascript:/i.test(element.getAttribute('href') ?? '')
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return
    for (const element of [node, ...node.querySelectorAll('*')])
      if (runs(element) && !isOurs(element)) made.push(element.tagName)
  }
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) look(node)
  }).observe(document, { childList: true, subtree: true })
}

const madeElements = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'madeElements'))
