// How much of what a WebSocket brings the whole product can count the words of: npm run bench:websocket [-- seconds [lines a message…]]. A server in a
// process of its own sends lines as fast as they are taken. A bare worker that receives and counts them is the ceiling, before the product and
// after it; the product is its production build: page, driver and sandbox. Writes its part of BENCHMARKS.md and bench-results/websocket.json.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { serveApp } from '#e2e/app/app-server.ts'
import { findBuiltApp, PROJECT } from '#e2e/app/built-app.ts'
import { startLineServer } from './websocket/line-server.ts'
import { measureCeiling } from './websocket/measure-ceiling.ts'
import { measureProduct } from './websocket/measure-product.ts'
import { printReport, type Report, replaceReport, type SizeResult } from './websocket/print-report.ts'

const SIZES = [1000, 100, 1]
const SHORT_S = 20
const CEILING_MS = 4000

const [seconds = SHORT_S, ...asked] = process.argv.slice(2).map(Number)
const load = loadavg().map((each) => Math.round(each * 100) / 100)
const built = await findBuiltApp()
const app = await serveApp(built.folder)
const lines = await startLineServer()
const sizes: SizeResult[] = []
try {
  for (const perMessage of asked.length > 0 ? asked : SIZES) {
    // Only the first size is what a goal speaks of.
    await measure(perMessage, sizes.length === 0 ? seconds : Math.min(seconds, SHORT_S))
    if (sizes.length === 1) await measure(perMessage, Math.min(seconds, SHORT_S), { hasBackPressure: true })
  }
} finally {
  await app.close()
  lines.close()
  await built.remove()
}

const report = reportOf(sizes)
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
await writeFile(join(PROJECT, 'bench-results/websocket.json'), `${JSON.stringify(report, null, 1)}\n`)
if (asked.length === 0) {
  const path = join(PROJECT, 'BENCHMARKS.md')
  await writeFile(path, replaceReport(await readFile(path, 'utf8'), printReport(report)))
}
process.exit(sizes.some(({ product }) => product.trouble.length > 0) ? 1 : 0)

async function measure(perMessage: number, forS: number, { hasBackPressure = false } = {}): Promise<void> {
  const url = `ws://127.0.0.1:${lines.port}/${perMessage}`
  const conf = hasBackPressure ? { 'spark.streaming.backpressure.enabled': true } : {}
  const before = await measureCeiling(url, CEILING_MS)
  const lookMs = Math.min(60, forS / 4) * 1000
  const product = await measureProduct({ appUrl: app.url, url, forMs: forS * 1000, lookMs, conf })
  const after = await measureCeiling(url, CEILING_MS)
  const size = { perMessage, hasBackPressure, seconds: forS, ceilings: [before, after] as const, product }
  sizes.push(size)
  console.log(`${printReport(reportOf([size]))}\n`)
}

function reportOf(measured: readonly SizeResult[]): Report {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    browser: measured[0]?.product.browser ?? 'unknown',
    load,
    sizes: measured,
  }
}
