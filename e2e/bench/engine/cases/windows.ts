import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import type { Variant } from '#e2e/bench/engine/paired.ts'
import { WindowRun, type WindowSetting } from '#e2e/bench/engine/window-run.ts'

// What the executor does for a window, apart from the rest of a batch: a window with a pane for each batch, one batch at a time.

const INVERSE = '(a, b) => a - b'
const RECORDS = 100_000

/** A slide against the combining of the batch's records by key, which any window needs, and against reducing all panes anew. */
export async function windowSlide(host: BenchHost): Promise<BenchCase> {
  return slides({ keys: 100_000, records: RECORDS, panes: 30 }, host)
}

/** The same with ten times as many keys. */
export async function windowOfMillion(host: BenchHost): Promise<BenchCase> {
  return slides({ keys: 1_000_000, records: RECORDS, panes: 30 }, host)
}

async function slides(setting: WindowSetting, host: BenchHost): Promise<BenchCase> {
  const plain = new PlainWindow(setting.panes)
  await checkRun({ ...setting, keys: 2000, records: 3000 }, host)
  return {
    title: `A window over ${setting.panes} batches of ${setting.records} records, ${setting.keys} keys, slides by one`,
    records: setting.records,
    variants: [
      await paneVariant(setting, host),
      await slideVariant('slide with inverse', { ...setting, inverse: INVERSE }, host),
      await slideVariant('slide without inverse', setting, host),
      await plain.variant(setting, host),
    ],
  }
}

/** Slides over 5 and over 30 batches, where both hold nearly all keys. */
export async function windowLength(host: BenchHost): Promise<BenchCase> {
  const setting = { keys: RECORDS, records: RECORDS }
  return {
    title: `Windows over 5 and 30 batches of ${RECORDS} records, ${RECORDS} keys, without inverse`,
    records: RECORDS,
    variants: [
      await slideVariant('5 batches', { ...setting, panes: 5 }, host),
      await slideVariant('30 batches', { ...setting, panes: 30 }, host),
    ],
  }
}

/** The same up to an hour, with fewer keys, which all windows hold. */
export async function windowHour(host: BenchHost): Promise<BenchCase> {
  const setting = { keys: 2000, records: 20_000 }
  const variants: Variant<unknown>[] = []
  for (const panes of [5, 30, 300, 3600])
    variants.push(await slideVariant(`${panes} batches`, { ...setting, panes }, host, 5))
  const onward = { ...setting, panes: 3600, inverse: INVERSE }
  variants.push(await slideVariant('3600 batches, with inverse', onward, host, 5))
  const [first, ...others] = variants
  if (first === undefined) throw new Error('there are variants')
  return {
    title: 'Five slides of windows over 5 to 3600 batches, 2000 keys',
    records: setting.records,
    variants: [first, ...others],
  }
}

/** Results are compared before, by `checkRun`. */
const DONE = 'done'

async function paneVariant(setting: WindowSetting, host: BenchHost): Promise<Variant<unknown>> {
  const run = await WindowRun.open({ ...setting, panes: 2 }, host)
  return {
    name: 'pane pre-aggregation',
    prepare: () => {
      run.receive()
    },
    run: async () => {
      await run.makePane()
      return DONE
    },
  }
}

async function slideVariant(
  name: string,
  setting: WindowSetting,
  host: BenchHost,
  slidesAtOnce = 1,
): Promise<Variant<unknown>> {
  const run = await WindowRun.open(setting, host)
  let ready: number[] = []
  return {
    name,
    prepare: async () => {
      ready = []
      for (let slide = 0; slide < slidesAtOnce; slide++) {
        run.receive()
        await run.makePane()
        ready.push(run.lastBatch)
      }
    },
    run: async () => {
      for (const batch of ready) await run.slide(batch)
      return DONE
    },
  }
}

/** What one would write: a Map for each batch, and all of them put together anew. */
class PlainWindow {
  private readonly panes: Map<string, number>[] = []
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  take(pairs: readonly (readonly [string, number])[]): void {
    const pane = new Map<string, number>()
    for (const [key, value] of pairs) pane.set(key, (pane.get(key) ?? 0) + value)
    this.panes.push(pane)
    if (this.panes.length > this.most) this.panes.shift()
  }

  reduce(): Map<string, number> {
    const sums = new Map<string, number>()
    for (const pane of this.panes) for (const [key, value] of pane) sums.set(key, (sums.get(key) ?? 0) + value)
    return sums
  }

  async variant(setting: WindowSetting, host: BenchHost): Promise<Variant<unknown>> {
    const run = await WindowRun.open({ ...setting, panes: 1 }, host)
    for (let pane = 0; pane < this.most; pane++) this.take(run.receive())
    return {
      name: 're-reduce of all panes',
      prepare: () => this.take(run.receive()),
      run: () => {
        this.reduce()
        return DONE
      },
    }
  }
}

/** Fails: rejects when the engine's windows and a plain one differ anywhere. */
async function checkRun(setting: WindowSetting, host: BenchHost): Promise<void> {
  for (const inverse of [undefined, INVERSE]) {
    const given = { ...setting, ...(inverse === undefined ? {} : { inverse }) }
    const run = await WindowRun.open(given, host)
    const plain = new PlainWindow(setting.panes)
    for (let batch = 0; batch < 2 * setting.panes; batch++) {
      plain.take(run.receive())
      await run.makePane()
      await run.slide()
    }
    const pairs = (await run.all()) as readonly (readonly [string, number])[] // sums of numbers by text
    const sums = plain.reduce()
    const same = pairs.filter(([key, value]) => value === (sums.get(key) ?? 0)).length
    if (same < pairs.length || pairs.length < sums.size) throw new Error(`${same} of ${sums.size} keys agree`)
  }
}
