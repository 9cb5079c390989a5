import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HANGS } from './hangs.ts'
import { type LabHandle, openLab } from './lab.ts'
import { findBusiest, readRenderers } from './renderers.ts'

let lab: LabHandle

/** Long enough for the hang to be felt; the same loops go on for ever. */
const HANG_MS = 600

beforeAll(async () => {
  lab = await openLab()
  await lab.page.evaluate(() => window.lab.open(1))
})
afterAll(() => lab.close())

describe('T9: hung executors', () => {
  const respawnsMs: Record<string, number> = {}
  let worstFrameMs = 0

  test.each(Object.keys(HANGS))('%s: the page stays alive and the executor is replaced', async (name) => {
    const module = `export function run() { ${HANGS[name]} }`
    const seen = await lab.page.evaluate(([text, ms]) => window.lab.hang(text, ms), [module, HANG_MS] as const)
    respawnsMs[name] = Math.round(seen.respawnMs)
    worstFrameMs = Math.max(worstFrameMs, seen.worstFrameMs)
    expect(seen).toMatchObject({ finished: false, ok: true })
    // A page that the hang blocks shows no frame for as long as it lasts. One shorter gap may be the machine's: it has two cores, and
    // the hang takes one.
    expect(seen.worstFrameMs).toBeLessThan(HANG_MS)
    expect(seen.nextFrameMs).toBeLessThan(200)
    expect(seen.respawnMs).toBeLessThan(1_000)
  })

  test('T10: the work of a frame that is gone has ended with its process', async () => {
    const { browser, page } = lab
    const module = `export function run() { ${HANGS['fill of a huge array']} }`
    await page.evaluate((text) => void window.lab.call(0, text), module)
    const sandbox = await findBusiest(browser, () => new Promise((resolve) => setTimeout(resolve, 150)))
    await page.evaluate(() => window.lab.close())
    await expect.poll(async () => (await readRenderers(browser)).has(sandbox), { timeout: 5_000 }).toBe(false)
    console.log('kill to first answer, ms:', respawnsMs, `worst frame ${worstFrameMs.toFixed(0)} ms`)
  })
})
