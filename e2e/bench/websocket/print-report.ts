import type { Look, ProductResult } from './measure-product.ts'

/** What was measured with one size of messages. */
export interface SizeResult {
  readonly perMessage: number
  readonly seconds: number
  /** Records a second of the bare worker, before the product and after it. */
  readonly ceilings: readonly [number, number]
  readonly product: ProductResult
}

export interface Report {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  readonly browser: string
  /** Load average before the run. */
  readonly load: readonly number[]
  readonly sizes: readonly SizeResult[]
}

const START = '<!-- websocket: written by npm run bench:websocket -->'
const END = '<!-- end of websocket -->'
const TARGET = 0.6

export function ceilingOf({ ceilings }: SizeResult): number {
  return (ceilings[0] + ceilings[1]) / 2
}

export function shareOf(size: SizeResult): number {
  return size.product.recordsPerSecond / ceilingOf(size)
}

/** Markdown. */
export function printReport(report: Report): string {
  const { date, cpu, cores, browser, load, sizes } = report
  return [
    `Measured ${date} on ${cores} cores (${cpu}), Chromium ${browser}, load average before the run ${load.join(', ')}.`,
    [
      '| lines a message | seconds | a bare worker receives, before and after | the product counts the words of | share | busy processes, in cores |',
      '|---|---|---|---|---|---|',
      ...sizes.map(printSize),
    ].join('\n'),
    ...sizes.slice(0, 1).flatMap((size) => [printVerdict(size), printCourse(size)]),
    ...sizes.flatMap(({ perMessage, product }) =>
      product.trouble.map((each) => `With ${perMessage} lines a message it was said: ${each}`),
    ),
  ].join('\n\n')
}

/** The document with this report in the place of the one before.
 *  Fails: throws when the marks are missing */
export function replaceReport(document: string, report: string): string {
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of its report of the WebSocket')
  return `${document.slice(0, start + START.length)}\n\n${report}\n\n${document.slice(end)}`
}

function printSize(size: SizeResult): string {
  const { perMessage, seconds, ceilings, product } = size
  const cores = Object.entries(product.cores)
    .sort(([, a], [, b]) => b - a)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`)
  const cells = [
    perMessage,
    seconds,
    `${ceilings.map(printRate).join(' and ')} lines a second`,
    `${printRate(product.recordsPerSecond)}`,
    shareOf(size).toFixed(2),
    cores.join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

function printVerdict(size: SizeResult): string {
  const share = shareOf(size)
  return `With ${size.perMessage} lines a message it should be ${TARGET} of what is received: ${share >= TARGET ? 'reached' : 'missed'}.`
}

/** How it went on. */
function printCourse({ perMessage, product: { looks } }: SizeResult): string {
  return [
    `How it went on with ${perMessage} lines a message:`,
    '',
    '| second | lines a second since the row before | scheduling delay, ms | processing, ms | batches that wait | heap of the page, MB | renderers, MB |',
    '|---|---|---|---|---|---|---|',
    ...looks.map((look, index) => printLook(look, looks[index - 1])),
  ].join('\n')
}

function printLook(look: Look, before: Look | undefined): string {
  const { seconds, completedRecords, schedulingDelayMs, processingMs, waitingBatches, pageHeapMB, rendererMB } = look
  const rate =
    before === undefined ? '' : printRate((completedRecords - before.completedRecords) / (seconds - before.seconds))
  const delays = [schedulingDelayMs.toFixed(0), processingMs.toFixed(0)]
  return `| ${[seconds, rate, ...delays, waitingBatches, pageHeapMB, rendererMB.join(', ')].join(' | ')} |`
}

function printRate(rate: number): string {
  return Math.round(rate).toLocaleString('en')
}
