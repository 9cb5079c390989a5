import { test } from 'vitest'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { openPipeline, pause, showTab, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

test('the calls that led to a failure are links to their lines', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(
      page,
      chain({
        name: 'Failing, and where',
        settings: { prelude: 'const half = x => {\n  if (x % 2 === 1) throw new Error("odd")\n  return x / 2\n}' },
        nodes: [
          ['numbers', 'constantStream', { records: [3] }],
          ['halves', 'map', { fn: 'x => {\n  const y = half(x)\n  return y\n}' }],
          ['shown', 'print', {}],
        ],
      }),
    )
    await showTab(page, 'problems')
    const calls = page.getByRole('list', { name: t('problems.calls') }).first()
    await soon(() => calls.getByRole('button').allInnerTexts()).toEqual([
      'half · shared code · line 2, column 26',
      'halves.fn · line 2, column 13',
    ])
    await pause(page)
    /** The line of the editor that has the focus where its cursor is. */
    const line = () =>
      page.evaluate(() => {
        const place = document.getSelection()?.focusNode
        const element = place instanceof Element ? place : place?.parentElement
        return document.activeElement?.contains(element ?? null) ? element?.closest('.cm-line')?.textContent : undefined
      })
    await calls.getByRole('button').nth(1).click()
    await soon(line).toBe('  const y = half(x)')
    await calls.getByRole('button').first().click()
    await soon(line).toBe('  if (x % 2 === 1) throw new Error("odd")')
  })
})
