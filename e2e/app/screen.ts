// What a person finds and does on the screen, by the names that are read out to them.
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import type { RunPhase } from '#ui/state/run-phase.ts'
import type { DockTab } from '#ui/state/session-store.ts'
import { loadLateWords } from '#ui/words/late-words.ts'
import { t } from '#ui/words/words.ts'
import { PATIENCE_MS } from './open-app.ts'

// Tests name what late parts show, too.
loadLateWords()

/** Asks again until the assertion holds. */
export function soon<T>(ask: () => T | Promise<T>, timeout = PATIENCE_MS) {
  return expect.poll(ask, { timeout, interval: 50 })
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

/** The log of an output node. */
export const outputLog = (page: Page, node: string): Locator =>
  page.getByRole('log', { name: t('outputs.section', { node }), exact: true })

/** Rows of every batch that the output shows, by batch time; without those that are scrolled out of the page. */
export async function printedBatches(page: Page, node: string): Promise<Map<number, string[]>> {
  const text = (await outputLog(page, node).innerText()).split('\n')
  const batches = new Map<number, string[]>()
  let rows: string[] = []
  for (const line of text) {
    const timeMs = /^Time: (\d+) ms$/.exec(line)?.[1]
    if (timeMs !== undefined) {
      rows = []
      batches.set(Number(timeMs), rows)
    } else if (line !== '' && !line.startsWith('-----')) rows.push(line)
  }
  return batches
}

/** Waits until the output shows this batch; gives its rows. Newer batches push it out of the page after a while. */
export async function printedBatch(page: Page, node: string, timeMs: number): Promise<readonly string[]> {
  let rows: readonly string[] | undefined
  await soon(async () => {
    rows = (await printedBatches(page, node)).get(timeMs)
    return rows
  }).toBeDefined()
  return rows ?? []
}

/** Time of the newest batch that the output shows; 0 before the first. */
export async function newestMs(page: Page, node: string): Promise<number> {
  return Math.max(0, ...(await printedBatches(page, node)).keys())
}

export async function untilPhase(page: Page, phase: RunPhase): Promise<void> {
  await page
    .getByRole('status')
    .getByText(t(`run.phase.${phase}`), { exact: true })
    .or(page.getByRole('status').filter({ hasText: new RegExp(`^${t(`run.phase.${phase}`)}$`) }))
    .first()
    .waitFor()
}

/** Stops the virtual clock. */
export async function pause(page: Page): Promise<void> {
  await button(page, t('run.pause')).click()
  await untilPhase(page, 'paused')
}

export async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByLabel(t('run.speed'), { exact: true }).selectOption(speed)
}

export async function showTab(page: Page, tab: DockTab): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${t(`shell.tab.${tab}`)}`) }).click()
}

export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await button(page, t('files.menu')).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Gives the page a file to open. */
export async function openText(page: Page, text: string, name = 'pipeline.json'): Promise<void> {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) }
  await page.getByLabel(t('files.openFile')).setInputFiles(file)
}

/** Opens a pipeline as a file and agrees to its code; it runs when that is possible. */
export async function openPipeline(page: Page, pipeline: Pipeline): Promise<void> {
  await openText(page, printPipeline(pipeline))
  await page.getByRole('dialog', { name: t('consent.title', { name: pipeline.name }) }).waitFor()
  await button(page, t('consent.agree')).click()
}

/** The document's text, as a person would save it. */
export async function savedText(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), chooseFromMenu(page, t('files.saveFile'))])
  return await readFile(await download.path(), 'utf8')
}

export const nodeOf = (page: Page, id: string): Locator => page.getByRole('group', { name: new RegExp(`^${id}, `) })

export const outPort = (page: Page, id: string): Locator =>
  page.getByLabel(t('canvas.port.out', { id }), { exact: true })

export const inPort = (page: Page, id: string, port = 'in'): Locator =>
  page.getByLabel(t('canvas.port.in', { port, id }), { exact: true })

export async function centreOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error(`${String(locator)} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Drags with the mouse from the middle of one thing to the middle of another, and lets go. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await centreOf(from)
  const end = await centreOf(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 12, start.y + 6)
  await page.mouse.move(end.x, end.y, { steps: 8 })
  await page.mouse.up()
}

/** Replaces the text of a field or a code editor with the keyboard. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true })
  await field.click()
  await page.keyboard.press('ControlOrMeta+a')
  // As from an input method: an editor that completes brackets must not double those that are typed.
  await page.keyboard.insertText(text)
}
