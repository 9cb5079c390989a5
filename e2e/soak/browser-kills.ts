// Kills the driver's worker, the executors' frame, the page and its renderer again and again while pipelines save every batch, and compares
// each batch that was saved with what the source says it must be. Run: npm run soak:browser-kills [-- kills]
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type AppServer, serveApp } from '#e2e/app/app-server.ts'
import { findBuiltApp } from '#e2e/app/built-app.ts'
import { openPipeline, setSpeed, untilPhase } from '#e2e/app/screen.ts'
import { findChromium } from '#scripts/find-chromium.mjs'
import { t } from '#ui/words/words.ts'
import { readSaved, type Saved } from './read-saved.ts'
import { type Scene, simulatedScene, webSocketScene } from './scenes.ts'

const KILLS = Number(process.argv[2] ?? 52)
const PATIENCE_MS = 20_000

type Kind = 'driver' | 'executors' | 'reload' | 'crash'
const kinds: readonly Kind[] = ['driver', 'reload', 'crash', 'executors']

/** What came of one scene. */
interface Account {
  kills: number
  batches: number
  lost: number
  wrong: number
  /** Batches that ran again after a kill, as the recovery says. */
  repeated: number
  /** Saved content that a repeated batch changed: always a fault. */
  changed: number
  readonly byKind: Map<Kind, number>
  readonly recoveryMs: number[]
}

class Soak {
  private readonly context: BrowserContext
  private readonly url: string
  private readonly scene: Scene
  private page: Page
  private readonly known: Map<string, string> = new Map()
  readonly account: Account = {
    kills: 0,
    batches: 0,
    lost: 0,
    wrong: 0,
    repeated: 0,
    changed: 0,
    byKind: new Map(),
    recoveryMs: [],
  }

  constructor(context: BrowserContext, page: Page, url: string, scene: Scene) {
    this.context = context
    this.page = page
    this.url = url
    this.scene = scene
  }

  async run(kills: number): Promise<Account> {
    await openPipeline(this.page, this.scene.pipeline)
    if (this.scene.speed !== undefined) await setSpeed(this.page, this.scene.speed)
    const { betweenMs } = this.scene
    let newestMs = await this.untilSaved((await this.untilSaved(1)) + betweenMs)
    for (let kill = 0; kill < kills; kill++) {
      const kind = kinds[kill % kinds.length] ?? 'reload'
      const beganMs = performance.now()
      await this.kill(kind)
      const afterMs = await this.untilSaved(newestMs + 1)
      this.account.recoveryMs.push(performance.now() - beganMs)
      this.account.kills += 1
      this.account.byKind.set(kind, (this.account.byKind.get(kind) ?? 0) + 1)
      this.account.repeated += await this.countRepeated(kind)
      newestMs = await this.untilSaved(afterMs + betweenMs)
      if (kill % 5 === 4) await this.compareSoFar()
      process.stdout.write(`${this.scene.name}: ${kill + 1} of ${kills} kills, batch ${newestMs} ms\r`)
    }
    await this.end()
    const saved = await this.compareSoFar()
    const verdict = await this.scene.judge(saved)
    return Object.assign(this.account, verdict)
  }

  /** Nothing more is saved after this. */
  private async end(): Promise<void> {
    if (this.scene.speed !== undefined) {
      await this.page.getByRole('button', { name: t('run.pause'), exact: true }).click()
      return await untilPhase(this.page, 'paused')
    }
    await this.page.getByRole('button', { name: t('run.stop'), exact: true }).click()
    await this.page.getByRole('menuitem', { name: t('run.stopGracefully') }).click()
    await untilPhase(this.page, 'stopped')
  }

  private async kill(kind: Kind): Promise<void> {
    switch (kind) {
      case 'driver':
        await this.page
          .workers()
          .find((worker) => worker.url().includes('driver'))
          ?.evaluate(() => self.close())
          .catch(() => {})
        return
      case 'executors':
        await this.page.evaluate(() => document.querySelector('iframe')?.remove())
        return
      case 'reload':
        await this.page.reload()
        return
      case 'crash': {
        const crashed = this.page.waitForEvent('crash')
        const session = await this.context.newCDPSession(this.page)
        void session.send('Page.crash').catch(() => {})
        await crashed
        await this.page.close()
        this.page = await this.context.newPage()
        await this.page.goto(this.url)
      }
    }
  }

  /** How many batches the last recovery ran again. */
  private async countRepeated(kind: Kind): Promise<number> {
    if (kind === 'executors') return 0
    const banner = await this.page.getByText(/^Recovered from the checkpoint of batch/).innerText()
    return Number(/(\d+) batch(?:es)? runs? again/.exec(banner)?.[1] ?? 0)
  }

  /** Waits until a batch of this time or a later one is saved; gives the newest. */
  private async untilSaved(timeMs: number): Promise<number> {
    const endMs = performance.now() + PATIENCE_MS + this.scene.betweenMs
    for (;;) {
      const newestMs = await this.newest().catch(() => 0)
      if (newestMs >= timeMs) return newestMs
      if (performance.now() > endMs)
        throw new Error(`${this.scene.name}: no batch at ${timeMs} ms after so long; the newest is ${newestMs} ms`)
      await this.page.waitForTimeout(100)
    }
  }

  private async newest(): Promise<number> {
    const names = await this.page.evaluate(listDirectories)
    return Math.max(0, ...names.map((name) => Number(/-(\d+)$/.exec(name)?.[1] ?? 0)))
  }

  /** Reads all that is saved; what was saved before must not have become another. */
  private async compareSoFar(): Promise<readonly Saved[]> {
    const saved = await readSaved(this.page)
    for (const { name, timeMs, rows } of saved) {
      const key = `${name}-${timeMs}`
      const text = rows.join('\n')
      const before = this.known.get(key)
      if (before !== undefined && before !== text) this.account.changed += 1
      this.known.set(key, text)
    }
    return saved
  }
}

/** Runs in the page: the names of all directories in its private files. */
async function listDirectories(): Promise<string[]> {
  const names: string[] = []
  const walk = async (directory: FileSystemDirectoryHandle): Promise<void> => {
    for await (const [name, handle] of directory.entries()) {
      if (handle.kind !== 'directory') continue
      names.push(name)
      // Only what batches saved has a time at its end, and nothing below.
      if (!/-\d+$/.test(name)) await walk(handle)
    }
  }
  await walk(await navigator.storage.getDirectory())
  return names
}

async function play(browser: Browser, server: AppServer, scene: Scene, kills: number): Promise<Account> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(PATIENCE_MS)
  // What runs this script names its functions by a helper, which functions sent to the page look for.
  await context.addInitScript('globalThis.__name = (named) => named')
  const page = await context.newPage()
  try {
    await page.goto(server.url)
    return await new Soak(context, page, server.url, scene).run(kills)
  } finally {
    await context.close()
    await scene.close()
  }
}

const built = await findBuiltApp()
const server = await serveApp(built.folder)
const executablePath = await findChromium()
if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const browser = await chromium.launch({ executablePath, args })
let isClean = true
try {
  for (const makeScene of [simulatedScene, webSocketScene]) {
    const scene = await makeScene()
    const account = await play(browser, server, scene, Math.ceil(KILLS / 2))
    const { kills, batches, lost, wrong, changed, repeated, byKind, recoveryMs } = account
    const sorted = [...recoveryMs].sort((a, b) => a - b)
    const middle = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
    console.log(
      `${scene.name}: ${kills} kills (${[...byKind].map(([kind, count]) => `${count} ${kind}`).join(', ')}), ${batches} batches compared: ` +
        `${lost} lost, ${wrong} wrong, ${changed} changed, ${repeated} ran again or had been missed; next batch after ${middle} ms (median), ${Math.round(sorted.at(-1) ?? 0)} ms at most. ${scene.remark()}`,
    )
    isClean &&= lost === 0 && wrong === 0 && changed === 0
  }
} finally {
  await browser.close()
  await server.close()
  await built.remove()
}
process.exitCode = isClean ? 0 : 1
