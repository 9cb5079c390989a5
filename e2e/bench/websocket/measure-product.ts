import { chain } from '#e2e/app/documents.ts'
import { openPipeline } from '#e2e/app/screen.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import { usedBetween } from './processes.ts'
import { openQuietBrowser, type QuietBrowser, type QuietPage } from './quiet-browser.ts'

const WARM_MS = 5000
const ASK_MS = 500

export interface ProductOptions {
  readonly appUrl: string
  readonly url: string
  readonly forMs: number
  /** Between two looks at the memory. */
  readonly lookMs: number
  readonly conf: Readonly<Record<string, string | number | boolean>>
}

/** What was seen at one moment. */
export interface Look {
  /** Since the run began. */
  readonly seconds: number
  readonly completedRecords: number
  /** Of the batch completed last. */
  readonly schedulingDelayMs: number
  readonly processingMs: number
  /** Received, and in no block yet. */
  readonly waitingRecords: number
  readonly waitingBatches: number
  /** The page's heap. */
  readonly pageHeapMB: number
  /** Of each renderer, largest first. */
  readonly rendererMB: readonly number[]
}

export interface ProductResult {
  /** Chromium's version. */
  readonly browser: string
  readonly recordsPerSecond: number
  readonly looks: readonly Look[]
  /** The browser's busy processes and the cores that they used, in the measured time. */
  readonly cores: readonly (readonly [process: string, cores: number])[]
  /** Processor time of all of them for one record. */
  readonly cpuNs: number
  /** What the driver warned of, and batches that failed. */
  readonly trouble: readonly string[]
}

/** What the page's events say, as the script below keeps it in the page. */
interface Heard {
  readonly completed: Record<number, { records: number; endMs: number; schedulingMs: number; processingMs: number }>
  waitingRecords: number
  waitingBatches: number
  readonly trouble: string[]
}

type HeardWindow = { heard: Heard }

/** Runs in the page before anything else: listens in on what the driver tells the page. */
function listenIn(): void {
  const heard: Heard = { completed: {}, waitingRecords: 0, waitingBatches: 0, trouble: [] }
  Object.assign(window, { heard })
  const note = (info: BatchInfo): void => {
    const { batchTimeMs, numRecords, processingEndMs, schedulingDelayMs = 0, processingDelayMs = 0 } = info
    if (processingEndMs === undefined) return
    heard.completed[batchTimeMs] = {
      records: numRecords,
      endMs: processingEndMs,
      schedulingMs: schedulingDelayMs,
      processingMs: processingDelayMs,
    }
  }
  const hear = (event: DriverEvent): void => {
    if (event.kind === 'frame') {
      for (const info of event.batches) note(info)
      heard.waitingBatches = event.totals.waitingBatches
    } else if (event.kind === 'receivers') {
      heard.waitingRecords = event.receivers.reduce((sum: number, each: ReceiverState) => sum + each.waitingRecords, 0)
    } else if (event.kind === 'warning') heard.trouble.push(event.message)
    else if (event.kind === 'failure') heard.trouble.push(event.failure.message)
    else if (event.kind === 'executorsLost') heard.trouble.push(event.reason)
  }
  const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...handler,
    set(this: MessagePort, given: ((event: MessageEvent) => void) | null) {
      const both = (event: MessageEvent): void => {
        if (typeof event.data?.kind === 'string') hear(event.data)
        given?.call(this, event)
      }
      handler?.set?.call(this, given === null ? null : both)
    },
  })
}

/** Runs the word count of the whole product on what comes from `url`. */
export async function measureProduct(options: ProductOptions): Promise<ProductResult> {
  const browser = await openQuietBrowser()
  try {
    const page = await browser.drive(async (driven) => {
      await driven.addInitScript('globalThis.__name = (named) => named')
      await driven.addInitScript(listenIn)
      await driven.goto(options.appUrl)
      await openPipeline(driven, wordCount(options))
      await driven.waitForFunction(() => Object.keys((window as unknown as HeardWindow).heard.completed).length > 0)
    })
    return await watch(browser, page, options)
  } finally {
    await browser.close()
  }
}

function wordCount({ url, conf }: ProductOptions) {
  return chain({
    name: 'Word count',
    settings: { master: 'local[2]', checkpoint: false, conf },
    nodes: [
      ['lines', 'webSocketTextStream', { url }],
      ['words', 'flatMap', { fn: "line => line.split(' ')" }],
      ['pairs', 'map', { fn: 'word => [word, 1]' }],
      ['counts', 'reduceByKey', { reduce: '(a, b) => a + b' }],
      ['shown', 'print', { num: 10 }],
    ],
  })
}

async function watch(browser: QuietBrowser, page: QuietPage, options: ProductOptions): Promise<ProductResult> {
  const began = Date.now()
  const looks: Look[] = []
  const look = async (): Promise<void> => {
    const renderers = (await browser.processes()).filter(({ type }) => type === 'renderer')
    const heard = await read(page)
    const done = Object.values(heard.completed)
    const last = done.at(-1)
    looks.push({
      seconds: Math.round((Date.now() - began) / 1000),
      completedRecords: done.reduce((sum, { records }) => sum + records, 0),
      schedulingDelayMs: last?.schedulingMs ?? 0,
      processingMs: last?.processingMs ?? 0,
      waitingRecords: heard.waitingRecords,
      waitingBatches: heard.waitingBatches,
      pageHeapMB: await page.heapMB(),
      rendererMB: renderers.map(({ residentMB }) => residentMB).sort((a, b) => b - a),
    })
  }
  await until(began + WARM_MS)
  const before = await browser.processes()
  const from = Date.now()
  for (let next = from; next < from + options.forMs; next += options.lookMs) {
    await until(next)
    await look()
  }
  await until(from + options.forMs)
  await look()
  const used = usedBetween(before, await browser.processes())
  const to = Date.now()
  const { completed, trouble } = await read(page)
  const recordsPerSecond = rateBetween(Object.values(completed), from, to)
  const cores = used.map(({ name, cpuS }) => [name, (cpuS * 1000) / (to - from)] as const)
  return {
    browser: browser.version,
    recordsPerSecond,
    looks,
    cores: cores.filter(([, share]) => share >= 0.02),
    cpuNs: (cores.reduce((sum, [, share]) => sum + share, 0) * 1e9) / recordsPerSecond,
    trouble: [...new Set(trouble)],
  }
}

const read = (page: QuietPage): Promise<Heard> => page.run(() => (window as unknown as HeardWindow).heard, undefined)

/** Between the ends of the first and the last batch that ended in this time. */
function rateBetween(
  batches: readonly { readonly records: number; readonly endMs: number }[],
  from: number,
  to: number,
) {
  const ended = batches.filter(({ endMs }) => endMs >= from && endMs <= to).sort((a, b) => a.endMs - b.endMs)
  const [first, last] = [ended[0], ended.at(-1)]
  if (first === undefined || last === undefined || first === last) return 0
  const records = ended.slice(1).reduce((sum, each) => sum + each.records, 0)
  return (records * 1000) / (last.endMs - first.endMs)
}

async function until(timeMs: number): Promise<void> {
  while (Date.now() < timeMs) await new Promise((resolve) => setTimeout(resolve, Math.min(ASK_MS, timeMs - Date.now())))
}
