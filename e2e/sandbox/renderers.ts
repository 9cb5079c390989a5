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

/** The renderer that works hard whenever `work` runs: how a test tells the sandbox's process from the page's.
 *  Several times, because a browser that has just started works for itself now and then. */
export async function findBusiest(browser: Browser, work: () => Promise<unknown>): Promise<number> {
  const least = new Map<number, number>()
  for (let round = 0; round < 4; round += 1) {
    const before = await readRenderers(browser)
    await work()
    for (const [id, seconds] of await readRenderers(browser)) {
      least.set(id, Math.min(least.get(id) ?? Number.POSITIVE_INFINITY, seconds - (before.get(id) ?? seconds)))
    }
  }
  const [busiest, next] = [...least].sort(([, a], [, b]) => b - a)
  if (busiest === undefined || busiest[1] === next?.[1]) throw new Error('no renderer is busier than the others')
  return busiest[0]
}
