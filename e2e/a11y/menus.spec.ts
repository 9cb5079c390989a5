// Menus by the menu button pattern of the WAI-ARIA Authoring Practices, as assistive technology sees them.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withApp } from '#e2e/app/open-app.ts'
import { button, nodeOf, outputLog, pause, soon } from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()

/** Role and name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    const role = activeElement?.getAttribute('role') ?? activeElement?.tagName
    const names = activeElement?.getAttribute('aria-labelledby')?.split(' ') ?? []
    const name = names.map((id) => document.getElementById(id)?.textContent).join(' ')
    return `${role} ${name === '' ? (activeElement?.getAttribute('aria-label') ?? '') : name}`
  })

const item = (id: Parameters<typeof t>[0]) => `menuitem ${t(id)}`

test('a menu button says what it opens, and the keyboard goes in, around and out', async () => {
  await app.visit({}, async ({ page }) => {
    await outputLog(page, 'shown').getByText('Time: 500 ms').waitFor()
    await pause(page)
    const trigger = button(page, t('files.menu'))
    const menu = page.getByRole('menu', { name: t('files.menu') })
    expect(await trigger.getAttribute('aria-haspopup')).toBe('menu')
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')

    await trigger.focus()
    await page.keyboard.press('Enter')
    await menu.waitFor()
    expect(await trigger.getAttribute('aria-expanded')).toBe('true')
    expect(await trigger.getAttribute('aria-controls')).toBe(await menu.getAttribute('id'))
    expect(await menu.ariaSnapshot()).toBe(
      [
        `- menu "${t('files.menu')}":`,
        `  - menuitem "${t('files.new')}"`,
        `  - menuitem "${t('files.gallery')}"`,
        `  - menuitem "${t('files.recent')}"`,
        `  - menuitem "${t('files.versions')}"`,
        '  - separator',
        `  - menuitem "${t('files.openFile')}"`,
        `  - menuitem "${t('files.saveFile')}"`,
        `  - menuitem "${t('files.saveRun')}": "${t('files.saveRun')} ${t('files.saveRunMore')}"`,
        '  - separator',
        `  - menuitem "${t('files.storage')}"`,
      ].join('\n'),
    )
    // What stands below a label describes the item, and is no part of its name.
    const described = await menu.getByRole('menuitem', { name: t('files.saveRun'), exact: true }).evaluate((each) =>
      (each.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(''),
    )
    expect(described).toBe(t('files.saveRunMore'))

    const walk: readonly (readonly [string, Parameters<typeof t>[0]])[] = [
      ['', 'files.new'],
      ['ArrowDown', 'files.gallery'],
      ['End', 'files.storage'],
      ['ArrowDown', 'files.new'],
      ['ArrowUp', 'files.storage'],
      ['Home', 'files.new'],
      [t('files.versions').slice(0, 1), 'files.versions'],
    ]
    for (const [key, id] of walk) {
      if (key !== '') await page.keyboard.press(key)
      expect(await focused(page), key).toBe(item(id))
    }
    await page.keyboard.press('Escape')
    await soon(() => menu.count()).toBe(0)
    expect(await focused(page)).toContain(t('files.menu'))

    await page.keyboard.press('ArrowUp')
    await menu.waitFor()
    expect(await focused(page)).toBe(item('files.storage'))
    // Tab leaves the menu for what comes after the button.
    await page.keyboard.press('Tab')
    await soon(() => menu.count()).toBe(0)
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')
    expect(await focused(page)).not.toContain(t('files.menu'))
    await page.keyboard.press('Shift+Tab')
    expect(await focused(page)).toContain(t('files.menu'))
    await page.keyboard.press(' ')
    await menu.waitFor()
    expect(await focused(page)).toBe(item('files.new'))
  })
})

test('what cannot be chosen now is reached and does nothing', async () => {
  await app.visit({}, async ({ page }) => {
    await outputLog(page, 'shown').getByText('Time: 500 ms').waitFor()
    await pause(page)
    await nodeOf(page, 'words').click({ button: 'right' })
    const menu = page.getByRole('menu', { name: t('canvas.menu') })
    await menu.waitFor()
    const disabled = menu.getByRole('menuitem', { disabled: true }).first()
    const name = (await disabled.ariaSnapshot()).match(/"(.*)"/)?.[1] ?? ''
    const count = await menu.getByRole('menuitem').count()
    for (let step = 0; step < count && !(await focused(page)).endsWith(name); step++)
      await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe(`menuitem ${name}`)
    await page.keyboard.press('Enter')
    expect(await menu.count()).toBe(1)
    await page.keyboard.press('Escape')
    await soon(() => menu.count()).toBe(0)
  })
})
