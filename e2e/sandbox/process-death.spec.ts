import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LabHandle, openLab } from './lab.ts'
import { findBusiest } from './renderers.ts'

let lab: LabHandle

beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

describe('T16: the sandbox’s process dies', () => {
  test('the pool reports it, and its rebuilt executors answer', async () => {
    const { browser, page, server } = lab
    await page.evaluate(() => window.lab.open(2, true))
    const sandbox = await findBusiest(browser, async () => {
      await page.evaluate(() =>
        window.lab.call(0, 'export function run() { for (const t = Date.now(); Date.now() - t < 300; ); }'),
      )
    })
    // From here the page speaks for itself: to Playwright a page is dead when any of its frames' processes is.
    await page.evaluate(() => void window.lab.reportRecovery())
    process.kill(sandbox, 'SIGKILL')
    await expect.poll(() => server.reports, { timeout: 10_000, interval: 20 }).toHaveLength(1)
    const { states, answers, deadMs, recoveredMs, worstFrameMs } = JSON.parse(server.reports[0] ?? '')
    expect(states).toEqual(['starting', 'ready', 'dead', 'rebuilding', 'ready'])
    expect(answers).toMatchObject([
      { ok: true, value: { index: 0 } },
      { ok: true, value: { index: 1 } },
    ])
    expect(recoveredMs - deadMs).toBeLessThan(1_000)
    expect(worstFrameMs).toBeLessThan(200)
    console.log(
      `from dead to answers ${(recoveredMs - deadMs).toFixed(0)} ms, worst frame ${worstFrameMs.toFixed(0)} ms`,
    )
  })
})
