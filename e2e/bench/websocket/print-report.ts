import type { Ceiling } from './measure-ceiling.ts'
import type { Look, ProductResult } from './measure-product.ts'

/** What was measured with one size of messages. */
export interface SizeResult {
  readonly perMessage: number
  /** With spark.streaming.backpressure.enabled. */
  readonly hasBackPressure: boolean
  readonly seconds: number
  /** The bare worker, before the product and after it. */
  readonly ceilings: readonly [Ceiling, Ceiling]
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
/** What a goal speaks of: lines a message, and the share of the ceiling. */
const GOAL = { perMessage: 1000, share: 0.6 }
/** How many times as much a bare worker should receive in messages of 100 lines as in single ones. */
const GOAL_OF_BATCHES = 10

export function ceilingOf({ ceilings }: SizeResult): number {
  return (ceilings[0].recordsPerSecond + ceilings[1].recordsPerSecond) / 2
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
      '| | seconds | a bare worker receives, before and after | the product counts the words of | share | processor time for a line, bare worker and product | busy processes of the product, in cores |',
      '|---|---|---|---|---|---|---|',
      ...sizes.map(printSize),
    ].join('\n'),
    ...printBatches(sizes),
    ...sizes
      .filter(({ perMessage }) => perMessage === GOAL.perMessage)
      .flatMap((size) => [...printVerdict(size), printCourse(size)]),
    ...sizes.flatMap((size) => size.product.trouble.map((each) => `With ${nameOf(size)} it was said: ${each}`)),
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
  const { seconds, ceilings, product } = size
  const cells = [
    nameOf(size),
    seconds,
    `${ceilings.map(({ recordsPerSecond }) => printRate(recordsPerSecond)).join(' and ')} lines a second`,
    printRate(product.recordsPerSecond),
    shareOf(size).toFixed(2),
    `${((ceilings[0].cpuNs + ceilings[1].cpuNs) / 2000).toFixed(2)} and ${(product.cpuNs / 1000).toFixed(2)} µs`,
    product.cores.map(([name, share]) => `${name} ${share.toFixed(2)}`).join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

const nameOf = ({ perMessage, hasBackPressure }: SizeResult): string =>
  `${perMessage} ${perMessage === 1 ? 'line' : 'lines'} a message${hasBackPressure ? ' and back-pressure' : ''}`

function printVerdict(size: SizeResult): readonly string[] {
  if (size.hasBackPressure) return []
  const word = shareOf(size) >= GOAL.share ? 'reached' : 'missed'
  return [`With ${nameOf(size)} it should be ${GOAL.share} of what is received: ${word}.`]
}

/** What it gains to send lines together. */
function printBatches(sizes: readonly SizeResult[]): readonly string[] {
  const [hundred, one] = [100, 1].map((lines) => sizes.find(({ perMessage }) => perMessage === lines))
  if (hundred === undefined || one === undefined) return []
  const times = ceilingOf(hundred) / ceilingOf(one)
  const word = times >= GOAL_OF_BATCHES ? 'reached' : 'missed'
  return [
    `In messages of 100 lines a bare worker receives ${times.toFixed(0)} times as many lines as in messages of one; it should be ${GOAL_OF_BATCHES}: ${word}.`,
  ]
}

/** How it went on. */
function printCourse(size: SizeResult): string {
  const { looks } = size.product
  return [
    `How it went on with ${nameOf(size)}:`,
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
