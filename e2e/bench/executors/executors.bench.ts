// Two executors against one, and as many as pay against one: the product's driver and sandbox in Chromium.
// Run: npm run bench:executors [-- rounds]. Writes bench-results/executors.json.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { serveApp } from '#e2e/app/app-server.ts'
import { PROJECT } from '#e2e/app/built-app.ts'
import type { Goal } from '#e2e/bench/engine/case.ts'
import { judge } from '#e2e/bench/engine/judge.ts'
import type { CaseResult } from '#e2e/bench/engine/kernel.ts'
import { quantile } from '#e2e/bench/engine/paired.ts'
import { launchBrowser } from '#e2e/sandbox/lab.ts'
import { sandbox } from '#scripts/vite/sandbox.ts'

const CASES = ['large', 'small', 'largeKnown', 'smallKnown']
const goals: readonly Goal[] = [
  { case: 'large', over: 'one executor', under: 'two executors', kind: 'least', target: 1.4, guard: 1.15 },
  { case: 'large', over: 'one executor', under: 'adaptive', kind: 'least', target: 1.4, guard: 1.15 },
  { case: 'small', over: 'adaptive', under: 'one executor', kind: 'most', target: 1.1, guard: 1.25 },
  { case: 'smallKnown', over: 'adaptive', under: 'one executor', kind: 'most', target: 1.1, guard: 1.25 },
]

const rounds = Number(process.argv[2] ?? 24)
const wanted = process.argv.slice(3)
const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
await build({
  configFile: false,
  root: join(PROJECT, 'e2e/bench/executors/page'),
  base: './',
  logLevel: 'error',
  plugins: [sandbox()],
  build: { target: 'es2022', outDir: folder, emptyOutDir: true, reportCompressedSize: false },
  worker: { format: 'es' },
})
const server = await serveApp(folder)
const browser = await launchBrowser()
const load = loadavg().map((each) => Math.round(each * 100) / 100)
const results: Record<string, CaseResult> = {}
try {
  for (const name of wanted.length > 0 ? wanted : CASES) {
    const page = await browser.newPage()
    page.on('console', (message) => console.error(message.text()))
    await page.goto(server.url)
    await page.waitForFunction(() => 'executorsBench' in window)
    const measure = ([each, count]: readonly [string, number]) => window.executorsBench.measure(each, count)
    results[name] = await page.evaluate(measure, [name, rounds] as const)
    await page.close()
    console.log(printCase(results[name]))
  }
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true })
}
const verdicts = goals.flatMap((goal) => {
  const result = results[goal.case]
  return result === undefined ? [] : [judge(goal, result)]
})
for (const { goal, summary, isReached, isBroken } of verdicts) {
  const word = isBroken ? 'guard broken' : isReached ? 'reached' : 'missed'
  const [median, low, high] = [summary.median, summary.low, summary.high].map((each) => each.toFixed(2))
  console.log(`${goal.case}: ${goal.over} / ${goal.under} ${median} (${low} to ${high}), ${word}`)
}
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
const text = JSON.stringify({ load, date: new Date().toISOString().slice(0, 10), results, verdicts }, null, 1)
await writeFile(join(PROJECT, 'bench-results/executors.json'), `${text}\n`)

/** Times over that of one executor. */
function printCase({ title, rounds, noise, measurements, records }: CaseResult): string {
  const lines = measurements.map(({ name, ratios, sliceMs }) => {
    const [middle, low, high] = [0.5, 0.1, 0.9].map((share) => quantile(ratios, share).toFixed(2))
    return `  ${name}: ${middle} (${low} to ${high}), ${sliceMs.toFixed(1)} ms, ${((sliceMs * 1e6) / records).toFixed(0)} ns a line`
  })
  return [`${title}, ${rounds} rounds, noise ${(noise * 100).toFixed(0)} %`, ...lines].join('\n')
}

process.exitCode = verdicts.some(({ isBroken }) => isBroken) ? 1 : 0
