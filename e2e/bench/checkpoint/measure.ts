// One pipeline in a browser of its own, whose database lies on the disk.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page, type Worker } from 'playwright-core'
import { openPipeline, pause, setSpeed } from '#e2e/app/screen.ts'
import { findChromium } from '#scripts/find-chromium.mjs'
import { pipelineOf, type Scene } from './scenes.ts'
import { type BatchCost, costsOf, type Timings } from './timings.ts'

/** Batches until everything is compiled, and until everything has been measured. */
const WARM = 8
const MOST_BATCHES = 100
const LEAST_BATCHES = 20
/** Batches that tell a piece of each partition. */
const PIECES = 30
const PATIENCE_MS = 90_000

export interface Measured {
  readonly scene: Scene
  readonly browser: string
  /** Batches that stored what had become other. */
  readonly usual: readonly BatchCost[]
  /** Those that stored pieces of wholes as well. */
  readonly telling: readonly BatchCost[]
  /** Characters of all partitions whole, as the first batch stored them. */
  readonly stateChars: number
  /** From the reload of the page until the run was put in place, and until the next batch was complete. */
  readonly restoredMs: number
  readonly nextBatchMs: number
}

declare global {
  /** See timed-build.ts; in the driver. */
  var checkpointTimings: (Timings & { readonly forced: number[] }) | undefined
}

/** `forMs`: about how long to look on. */
export async function measure(url: string, scene: Scene, forMs: number): Promise<Measured> {
  const profile = await mkdtemp(join(tmpdir(), 'sluice-profile-'))
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('no Chromium found: npm test installs one')
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  const context = await chromium.launchPersistentContext(profile, { executablePath, args })
  try {
    context.setDefaultTimeout(PATIENCE_MS)
    const page = await context.newPage()
    await page.goto(url)
    await openPipeline(page, pipelineOf(scene))
    await setSpeed(page, 'max')
    await untilBatches(page, WARM)
    const endMs = performance.now() + forMs
    let batches = WARM
    while (batches < MOST_BATCHES && (batches < LEAST_BATCHES || performance.now() < endMs))
      batches = await untilBatches(page, batches + 1)
    await driverOf(page).evaluate(() => globalThis.checkpointTimings?.forced.push(1))
    await until(page, 'pieces of wholes stored', (timings) => piecesOf(timings).length >= PIECES)
    await untilBatches(page, (await read(page)).batches.length + 2)
    await pause(page)
    await until(page, 'the last step stored', ({ sending }) => sending === 0)
    const timings = await read(page)
    const all = costsOf(timings)
    const costs = all.slice(WARM)
    return {
      scene,
      browser: context.browser()?.version() ?? '',
      usual: costs.filter(({ wholeChars }) => wholeChars === 0),
      telling: costs.filter(({ wholeChars }) => wholeChars > 0),
      stateChars: all.slice(0, WARM).reduce((most, { wholeChars }) => Math.max(most, wholeChars), 0),
      ...(await recover(page)),
    }
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

async function recover(page: Page): Promise<Pick<Measured, 'restoredMs' | 'nextBatchMs'>> {
  const beganMs = Date.now()
  await page.reload()
  // The clock stands, but what was under way runs again; else a step is the next batch.
  await page.getByText(/^Recovered from the checkpoint of batch/).waitFor()
  const restart = await driverOf(page).evaluate(
    () => performance.timeOrigin + (globalThis.checkpointTimings?.restarts.at(-1) ?? Number.NaN),
  )
  await untilBatches(page, 1)
  const next = await driverOf(page).evaluate(
    () => performance.timeOrigin + (globalThis.checkpointTimings?.batches[0]?.[2] ?? Number.NaN),
  )
  return { restoredMs: restart - beganMs, nextBatchMs: next - beganMs }
}

function driverOf(page: Page): Worker {
  const driver = page.workers().find((worker) => worker.url().includes('driver'))
  if (driver === undefined) throw new Error('the page has no driver')
  return driver
}

async function untilBatches(page: Page, least: number): Promise<number> {
  return (await until(page, `batch ${least}`, ({ batches }) => batches.length >= least)).batches.length
}

async function until(page: Page, what: string, isTrue: (timings: Timings) => boolean): Promise<Timings> {
  const endMs = performance.now() + PATIENCE_MS
  for (;;) {
    const timings = await read(page)
    if (isTrue(timings)) return timings
    if (performance.now() > endMs)
      throw new Error(`${what}: not after so long; ${timings.batches.length} batches, ${timings.steps.length} steps`)
    await page.waitForTimeout(50)
  }
}

/** Steps behind those of the first batches that hold pieces. */
function piecesOf({ steps, batches }: Timings): Timings['steps'] {
  const sinceMs = batches[WARM]?.[1] ?? Number.POSITIVE_INFINITY
  return steps.filter(([beganMs, , , whole]) => beganMs >= sinceMs && whole > 0)
}

async function read(page: Page): Promise<Timings> {
  const timings = await driverOf(page).evaluate(() => globalThis.checkpointTimings)
  return timings ?? { sections: [], batches: [], steps: [], executors: [], restarts: [], sending: 0 }
}
