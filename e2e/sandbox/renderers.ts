import type { Browser } from 'playwright-core'

/** CPU seconds used so far by each renderer process of the browser, by process id. */
export async function readRenderers(browser: Browser): Promise<Map<number, number>> {
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]))
  } finally {
    await session.detach()
  }
}

/** The renderer that works hardest while `work` runs: how a test tells the sandbox's process from the page's. */
export async function findBusiest(browser: Browser, work: () => Promise<void>): Promise<number> {
  const before = await readRenderers(browser)
  await work()
  const after = await readRenderers(browser)
  const used = [...after].map(([id, seconds]) => ({ id, seconds: seconds - (before.get(id) ?? 0) }))
  const busiest = used.sort((a, b) => b.seconds - a.seconds)[0]
  if (busiest === undefined) throw new Error('the browser has no renderer')
  return busiest.id
}
