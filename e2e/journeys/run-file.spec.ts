import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PROJECT } from '#e2e/app/built-app.ts'
import { countForEver } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { printedRdds, runUninterrupted } from '#e2e/app/oracle.ts'
import {
  button,
  chooseFromMenu,
  newestMs,
  nodeOf,
  openPipeline,
  pause,
  printedBatches,
  setSpeed,
  soon,
  untilPhase,
} from '#e2e/app/screen.ts'
import { t } from '#ui/words/words.ts'

const app = withApp()
const pipeline = countForEver(18)

test('a run is carried to the command line and on to another browser: it shows its code, stands where it was, and goes on with every count', async () => {
  const expected = await runUninterrupted(pipeline, 'counts', 200)
  let file: Buffer = Buffer.alloc(0)
  let savedMs = 0
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pipeline)
    await setSpeed(page, '10')
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(13_000)
    await pause(page)
    savedMs = await newestMs(page, 'shown')
    const [download] = await Promise.all([page.waitForEvent('download'), chooseFromMenu(page, t('files.saveRun'))])
    expect(download.suggestedFilename()).toBe('counts-for-ever.sluice-run')
    file = await readFile(await download.path())
  })
  const untilMs = savedMs + 5000
  file = await goOnWithoutBrowser(file, untilMs / 1000, expected)
  await app.visit({}, async ({ page }) => {
    await open(page, file.subarray(0, file.length - 9))
    await page
      .getByRole('dialog', { name: t('files.unreadableTitle') })
      .getByText(/^This run is damaged/)
      .waitFor()
    await button(page, t('files.close')).last().click()
    await open(page, file)
    const dialog = page.getByRole('dialog', { name: t('consent.title', { name: pipeline.name }) })
    await dialog.getByText('(ones, count = 0) => count + ones.length').waitFor()
    await page.getByText(t('run.phase.idle'), { exact: true }).first().waitFor()
    // Before that nothing can be changed either: what runs would be other code than what was agreed to.
    await button(page, t('consent.decline')).last().click()
    await nodeOf(page, 'counts').click()
    const shownCode = page.getByRole('textbox', { name: 'Update', exact: true })
    expect(await shownCode.getAttribute('aria-readonly')).toBe('true')
    await page.reload()
    await dialog.waitFor()
    await button(page, t('consent.agree')).click()
    await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
    await untilPhase(page, 'paused')
    // The command line's virtual clock runs as fast as it can.
    await setSpeed(page, '10')
    await button(page, t('run.resume')).click()
    await soon(() => newestMs(page, 'shown')).toBeGreaterThan(untilMs + 3000)
    await pause(page)
    const shown = await printedBatches(page, 'shown')
    expect(shown.size).toBeGreaterThan(3)
    for (const [batchMs, rows] of shown) expect(rows, `batch ${batchMs}`).toEqual(expected.get(batchMs))
  })
})

/** Has the command line go on up to a batch, which must print what was `expected`; the file of what it leaves. */
async function goOnWithoutBrowser(
  file: Buffer,
  batches: number,
  expected: ReadonlyMap<number, readonly string[]>,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-carried-'))
  const path = (name: string): string => join(folder, name)
  const sluice = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(PROJECT, 'bin/sluice.mjs'), ...args], { maxBuffer: 2 ** 26 })
  try {
    await writeFile(path('in.sluice-run'), file)
    const run = ['run', '--from', path('in.sluice-run'), '--batches', String(batches), '--collect', 'counts']
    const { stdout } = await sluice(...run, '--checkpoint-dir', path('state'))
    const rows = printedRdds(stdout)
    expect(rows.size).toBeGreaterThanOrEqual(5)
    for (const [timeMs, printed] of rows) expect(printed, `batch ${timeMs}`).toEqual(expected.get(timeMs))
    await sluice('export', '--checkpoint-dir', path('state'), '--out', path('out.sluice-run'))
    return await readFile(path('out.sluice-run'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function open(page: Page, buffer: Buffer): Promise<void> {
  await page
    .getByLabel(t('files.openFile'))
    .setInputFiles({ name: 'counts.sluice-run', mimeType: 'application/gzip', buffer })
}
