// What it costs to keep a large graph up to date, and whether it can still be moved about in. Run: npm run bench:canvas
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { build } from 'vite'
import { serveApp } from '#e2e/app/app-server.ts'
import { PROJECT } from '#e2e/app/built-app.ts'
import type { CanvasBench, Updates } from './canvas-page.ts'
import {
  countWork,
  longestTask,
  median,
  nowMs,
  openDocument,
  openProduct,
  watchStalls,
  workMs,
} from './open-product.ts'

const ROUNDS = 5
const SLICE_MS = 2000
const EVERY_MS = 100
/** From here on all small print is drawn. */
const READABLE_ZOOM = 0.4
const NO_UPDATES: Updates = { made: 0, drawn: 0 }
const VIEWPORT = { width: 1440, height: 900 }
/** Frames while figures change, of those while nothing happens; ms of the main thread for each change of all figures. */
const GOALS = { frames: { target: 0.95, guard: 0.85 }, ms: { target: 4, guard: 10 } }

type BenchWindow = { readonly bench: CanvasBench }

const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
await build({
  configFile: false,
  root: join(PROJECT, 'e2e/bench/screen'),
  logLevel: 'error',
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: join(PROJECT, 'e2e/bench/screen/canvas.html') },
  },
  base: './',
})
const server = await serveApp(folder)
const product = await openProduct()
console.log(
  `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Chromium ${product.browser.version()}, drawn by software`,
)
try {
  for (const nodes of [200, 1000]) await measureCanvas(nodes)
  await measureProduct(200)
} finally {
  await product.close()
  await server.close()
  await rm(folder, { recursive: true })
}

/** The canvas alone; every figure is another one ten times a second. Seen as a whole, and where it can be read. */
async function measureCanvas(nodes: number): Promise<void> {
  const { page, session } = await visit()
  await page.goto(`${server.url}canvas.html?nodes=${nodes}`)
  await page.locator('.react-flow__node').first().waitFor()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  console.log(`\n${nodes} nodes, figures made up: first drawn after ${(await nowMs(page)).toFixed(0)} ms`)
  await measureChanges(page, session)
  await measureHands(page)
  if ((await zoomOf(page)) < READABLE_ZOOM) {
    await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2)
    while ((await zoomOf(page)) < READABLE_ZOOM) {
      await page.mouse.wheel(0, -100)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    }
    await measureChanges(page, session)
    await measureHands(page)
  }
  await page.close()
}

async function measureChanges(page: Page, session: CDPSession): Promise<void> {
  const rounds: { readonly idle: Slice; readonly live: Slice }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const idle = await slice(page, session, async () => NO_UPDATES)
    const live = await slice(page, session, () => page.evaluate(change, { everyMs: EVERY_MS, forMs: SLICE_MS }))
    rounds.push({ idle, live })
  }
  const ratio = median(rounds.map(({ idle, live }) => live.framesPerSecond / idle.framesPerSecond))
  // What was not drawn cost next to nothing, and shall not make the rest look cheap.
  const changes = ({ made, drawn }: Updates): number => drawn || made
  const each = (part: keyof Slice['work']): number =>
    median(rounds.map(({ idle, live }) => (live.work[part] - idle.work[part]) / changes(live.updates)))
  const fps = median(rounds.map(({ idle }) => idle.framesPerSecond))
  const made = rounds.reduce((sum, { live }) => sum + live.updates.made, 0)
  const drawn = rounds.reduce((sum, { live }) => sum + live.updates.drawn, 0)
  const inSight = await page.locator('.react-flow__node').count()
  console.log(
    `  at zoom ${(await zoomOf(page)).toFixed(2)}, ${inSight} nodes on the page, ${drawn} of ${made} changes drawn${drawn === 0 ? ', being too small to be read' : ''}`,
  )
  console.log(
    `  ${fps.toFixed(0)} frames a second at rest; ${verdict('frames', ratio, 2)} of them while figures change`,
  )
  console.log(
    `  ${verdict('ms', each('all'), 1)} ms of the main thread for each change of all figures: script ${each('script').toFixed(1)}, style and layout ${each('layout').toFixed(1)}`,
  )
}

function zoomOf(page: Page): Promise<number> {
  return page
    .locator('.react-flow__viewport')
    .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)
}

/** The product with a real run of so many nodes, a batch every 100 ms. */
async function measureProduct(nodes: number): Promise<void> {
  const { page, session } = await visit()
  await page.goto(product.url)
  await page.locator('.react-flow__node').first().waitFor()
  const name = `${nodes} nodes`
  await openDocument(page, name, chains(nodes))
  await page.getByText(/Running batches of 100/).waitFor()
  await page.waitForFunction(() => /\((?!0 )\d+ completed/.test(document.body.innerText))
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  const resume = page.getByRole('button', { name: 'Go on' }).first()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const live = await slice(page, session, async () => ({ made: SLICE_MS / EVERY_MS, drawn: 0 }))
    await pause.click()
    const idle = await slice(page, session, async () => NO_UPDATES)
    await resume.click()
    rounds.push({ idle, live })
  }
  const ratio = median(rounds.map(({ idle, live }) => live.framesPerSecond / idle.framesPerSecond))
  const ms = median(rounds.map(({ idle, live }) => (live.work.all - idle.work.all) / live.updates.made))
  console.log(
    `\n${nodes} nodes, the whole product, ten batches a second that are really run (the engine uses the same cores):`,
  )
  console.log(
    `  ${ratio.toFixed(2)} of the frames of a paused run, ${ms.toFixed(1)} ms of the main thread a batch, charts and logs with it`,
  )
  await measureHands(page)
  await page.close()
}

async function visit(): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  const context = await product.browser.newContext({ viewport: VIEWPORT })
  await context.addInitScript(watchStalls)
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(error))
  const session = await context.newCDPSession(page)
  await countWork(session)
  return { page, session }
}

interface Slice {
  readonly framesPerSecond: number
  /** Ms of the main thread. */
  readonly work: Awaited<ReturnType<typeof workMs>>
  readonly updates: Updates
}

async function slice(page: Page, session: CDPSession, act: () => Promise<Updates>): Promise<Slice> {
  const before = await workMs(session)
  const [gapsMs, updates] = await Promise.all([page.evaluate(frames, SLICE_MS), act()])
  const framesPerSecond = (1000 * gapsMs.length) / gapsMs.reduce((sum, gap) => sum + gap, 0)
  const after = await workMs(session)
  const work = {
    all: after.all - before.all,
    script: after.script - before.script,
    layout: after.layout - before.layout,
  }
  return { framesPerSecond, work, updates }
}

/** What a person does with the pointer: from each move to the frame that shows it. */
async function measureHands(page: Page): Promise<void> {
  const on = await page.evaluate(findPlace, '.react-flow__node')
  const free = await page.evaluate(findPlace, '.react-flow__pane')
  const moves = async (
    title: string,
    begin: () => Promise<void>,
    move: (step: number) => Promise<void>,
  ): Promise<void> => {
    const fromMs = await nowMs(page)
    await begin()
    const tookMs: number[] = []
    for (let step = 1; step <= 20; step++) {
      const startMs = performance.now()
      await move(step)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
      tookMs.push(performance.now() - startMs)
    }
    await page.mouse.up()
    const longest = await longestTask(page, fromMs)
    console.log(
      `  ${title.padEnd(8)} ${median(tookMs).toFixed(0).padStart(4)} ms a step, ${Math.max(...tookMs).toFixed(0)} at most; longest task ${longest === 0 ? 'below 50 ms' : `${longest.toFixed(0)} ms`}`,
    )
  }
  const press = (at: { readonly x: number; readonly y: number }) => async (): Promise<void> => {
    await page.mouse.move(at.x, at.y)
    await page.mouse.down()
  }
  await moves(
    'select',
    async () => {},
    (step) => page.mouse.click(on.x + (step % 2), on.y),
  )
  await moves('drag', press(on), (step) => page.mouse.move(on.x + step * 3, on.y + step * 2))
  await moves('pan', press(free), (step) => page.mouse.move(free.x + step * 5, free.y + step * 3))
  await moves(
    'zoom',
    async () => {},
    (step) => page.mouse.wheel(0, step % 8 < 4 ? -60 : 60),
  )
}

function chains(count: number): object {
  const columns = 16
  const nodes = Array.from({ length: count }, (_, index) => {
    const at = [(index % columns) * 240, Math.floor(index / columns) * 104]
    if (index % columns === 0)
      return {
        id: `lines${index}`,
        op: 'simulatedTextStream',
        params: { generator: 'sentences', rowsPerSecond: 200, pattern: 'wave' },
        at,
      }
    const isLast = index % columns === columns - 1 || index === count - 1
    if (isLast) return { id: `shown${index}`, op: 'print', params: { num: 3 }, at }
    return { id: `step${index}`, op: 'map', params: { fn: `line => line + ${index % 10}` }, at }
  })
  const edges = nodes.flatMap(({ id }, index) =>
    index % columns === 0 ? [] : [{ from: nodes[index - 1]?.id, to: id }],
  )
  const settings = { batchMs: EVERY_MS, master: 'local[1]', checkpoint: false, seed: 1, conf: {} }
  return { format: 'sluice/1', name: `${count} nodes`, settings, nodes, edges }
}

function verdict(goal: keyof typeof GOALS, value: number, digits: number): string {
  const { target, guard } = GOALS[goal]
  const isBeyond = (limit: number): boolean => (goal === 'frames' ? value < limit : value > limit)
  if (isBeyond(guard)) process.exitCode = 1
  const word = isBeyond(guard) ? 'beyond the guard' : isBeyond(target) ? 'short of the goal' : 'goal'
  return `${value.toFixed(digits)} (${word} ${isBeyond(guard) ? guard : target})`
}

/** A place near the middle of the window where the pointer is on what `selector` names. */
function findPlace(selector: string): { readonly x: number; readonly y: number } {
  for (let step = 0; step < 300; step++) {
    const place = { x: 500 + step, y: 420 + step }
    if (document.elementFromPoint(place.x, place.y)?.closest('.react-flow__node, .react-flow__pane')?.matches(selector))
      return place
  }
  throw new Error(`nothing in the middle is ${selector}`)
}

/** Times between frames. */
async function frames(forMs: number): Promise<number[]> {
  const gapsMs: number[] = []
  const startMs = performance.now()
  let beforeMs = startMs
  while (beforeMs - startMs < forMs) {
    const atMs = await new Promise<number>(requestAnimationFrame)
    gapsMs.push(atMs - beforeMs)
    beforeMs = atMs
  }
  return gapsMs
}

// A cast: the page puts its bench there.
function change({ everyMs, forMs }: { everyMs: number; forMs: number }): Promise<Updates> {
  return (window as unknown as BenchWindow).bench.change(everyMs, forMs)
}
