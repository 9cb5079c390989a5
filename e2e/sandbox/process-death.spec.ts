import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEAD_AFTER_MS, PING_EVERY_MS } from '#workers/page/pulse.ts'
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
    const spin = 'export function run() { for (const t = Date.now(); Date.now() - t < 150; ); }'
    const sandbox = await findBusiest(browser, () => page.evaluate((text) => window.lab.call(0, text), spin))
    // From here the page speaks for itself: to Playwright a page is dead when any of its frames' processes is.
    await page.evaluate(() => void window.lab.reportRecovery())
    const killedAtMs = Date.now()
    process.kill(sandbox, 'SIGKILL')
    await expect.poll(() => server.reports, { timeout: 10_000, interval: 20 }).toHaveLength(1)
    const { states, answers, deadAtMs, deadMs, recoveredMs, worstFrameMs, nextFrameMs } = JSON.parse(
      server.reports[0] ?? '',
    )
    expect(states).toEqual(['starting', 'ready', 'dead', 'rebuilding', 'ready'])
    expect(answers).toMatchObject([
      { ok: true, value: { index: 0 } },
      { ok: true, value: { index: 1 } },
    ])
    expect(deadAtMs - killedAtMs).toBeLessThan(PING_EVERY_MS + DEAD_AFTER_MS + 500)
    expect(recoveredMs - deadMs).toBeLessThan(1_000)
    expect(nextFrameMs).toBeLessThan(200)
    console.log(
      `noticed after ${deadAtMs - killedAtMs} ms, from dead to answers ${(recoveredMs - deadMs).toFixed(0)} ms, worst frame ${worstFrameMs.toFixed(0)} ms`,
    )
  })
})
