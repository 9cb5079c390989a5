// The main screens, light and dark, by the rules of WCAG that a machine can check, and by keyboard alone.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import { button, nodeOf, outputLog, pause, showTab, soon } from '#e2e/app/screen.ts'
import { dockTabs } from '#ui/state/session-store.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

/** What is wrong with a part of the page as it is: rule, words and place. */
async function findViolations(page: Page, part = 'body'): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}\n${target}\n${failureSummary}`),
    )
}

for (const theme of ['light', 'dark'] as const) {
  test(`nothing serious is wrong with the main screens, ${theme}`, async () => {
    await app.visit({}, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await outputLog(page, 'shown').getByText('Time: 1000 ms').waitFor()
      await pause(page)
      expect(await findViolations(page)).toEqual([])
      for (const tab of dockTabs) {
        await showTab(page, tab)
        expect(await findViolations(page, `section[aria-label="${t('shell.dock')}"]`), tab).toEqual([])
      }
      await nodeOf(page, 'words').focus()
      await page.keyboard.press('Enter')
      for (const name of ['settings', 'data', 'help'] as const) {
        await page.getByRole('tab', { name: t(`inspector.${name}`), exact: true }).click()
        expect(await findViolations(page, 'aside'), name).toEqual([])
      }
      for (const open of [openGallery, openCommands]) {
        await open(page)
        expect(await findViolations(page, '[role=dialog]'), open.name).toEqual([])
        await page.keyboard.press('Escape')
        await soon(() => page.getByRole('dialog').count()).toBe(0)
      }
    })
  })
}

test('the keyboard reaches every part of the page, and a hint says what has the focus', async () => {
  await app.visit({}, async ({ page }) => {
    await outputLog(page, 'shown').getByText('Time: 500 ms').waitFor()
    await pause(page)
    const parts = ['shell.palette', 'shell.canvas', 'shell.inspector', 'shell.dock'] as const
    const names = ['HEADER', ...parts.map((id) => t(id))]
    const reached = new Set<string>()
    for (let step = 0; step < 200 && reached.size < names.length; step++) {
      // Tab indents in an editor; Escape leaves it, as its help says.
      if (await page.evaluate(() => document.activeElement?.closest('.cm-editor') != null))
        await page.keyboard.press('Escape')
      await page.keyboard.press('Tab')
      const around = await page.evaluate(() => {
        const found: string[] = []
        for (let each = document.activeElement; each; each = each.parentElement)
          found.push(each.tagName, each.getAttribute('aria-label') ?? '')
        return found
      })
      for (const name of names) if (around.includes(name)) reached.add(name)
    }
    expect([...reached].sort()).toEqual([...names].sort())

    await button(page, t('shell.commands')).focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await page.getByRole('tooltip').getByText(t('shell.commands')).waitFor()
    await page.keyboard.press('Escape')
    await soon(() => page.getByRole('tooltip').count()).toBe(0)
  })
})

async function openGallery(page: Page): Promise<void> {
  await button(page, t('files.menu')).click()
  await page.getByRole('menuitem', { name: t('files.gallery') }).click()
  await page.getByRole('dialog').waitFor()
}

async function openCommands(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').waitFor()
}
