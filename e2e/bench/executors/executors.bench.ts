// Two executors against one, and as many as pay against one: the product's driver and sandbox in Chromium.
// Run: npm run bench:executors [-- rounds [case…]]. Writes bench-results/executors.json and, of all cases, BENCHMARKS.md's table.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { serveApp } from '#e2e/app/app-server.ts'
import { PROJECT } from '#e2e/app/built-app.ts'
import type { Goal } from '#e2e/bench/engine/case.ts'
import { judge } from '#e2e/bench/engine/judge.ts'
import type { CaseResult } from '#e2e/bench/engine/kernel.ts'
import { printCase, printVerdict } from '#e2e/bench/engine/print-results.ts'
import { launchBrowser } from '#e2e/sandbox/lab.ts'
import { sandbox } from '#scripts/vite/sandbox.ts'

const START = '<!-- executors: written by npm run bench:executors -->'
const END = '<!-- end of executors -->'
const CASES = ['large', 'small', 'largeKnown', 'smallKnown']
/** Where lines are counted on their bytes, two executors have less to win: told, and no goal. */
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
    console.log(printCase(results[name], ''))
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
const date = new Date().toISOString().slice(0, 10)
const text = [
  `Measured ${date} on ${availableParallelism()} cores, load average before the run ${load.join(', ')}.`,
  ...Object.values(results).map((result) => printCase(result, date)),
  [
    '| goal | measured | 90 % between | target | guard | |',
    '|---|---|---|---|---|---|',
    ...verdicts.map(printVerdict),
  ].join('\n'),
].join('\n\n')
console.log(text)
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
const kept = JSON.stringify({ load, date, results, verdicts }, null, 1)
await writeFile(join(PROJECT, 'bench-results/executors.json'), `${kept}\n`)
if (wanted.length === 0) {
  const path = join(PROJECT, 'BENCHMARKS.md')
  const document = await readFile(path, 'utf8')
  const [start, end] = [document.indexOf(START), document.indexOf(END)]
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of the executors')
  await writeFile(path, `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`)
}
process.exitCode = verdicts.some(({ isBroken }) => isBroken) ? 1 : 0
