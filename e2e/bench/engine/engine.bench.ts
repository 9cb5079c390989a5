// The engine against a hand-written loop and RxJS, where users are: in Chromium, inside the sandbox, after other pipelines have run.
// Run: npm run bench, or npm run bench -- <case>…, which leaves the other cases' last tables as they are.
// Writes BENCHMARKS.md's tables and bench-results/latest.json.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { PROJECT } from '#e2e/app/built-app.ts'
import { type CaseEntry, cases } from './cases.ts'
import { goals } from './goals.ts'
import { judge } from './judge.ts'
import type { CaseResult } from './kernel.ts'
import { openBench } from './open-bench.ts'
import { overEachOther, pool } from './pool.ts'
import { labelOf, printCase, printResults, printVerdict, readShown, replaceTable } from './print-results.ts'

/** V8 may compile the same loop one way in one page and another way in the next: rounds of several pages count together. */
const PAGES = 5
const ROUNDS = 16

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => cases[name] === undefined)
if (unknown.length > 0) throw new Error(`no case ${unknown.join(', ')}; there are ${Object.keys(cases).join(', ')}`)
const chosen = Object.entries(cases).filter(([name, { onDemand }]) =>
  asked.length === 0 ? onDemand !== true : asked.includes(name),
)

const load = loadavg().map((each) => Math.round(each * 100) / 100)
const date = new Date().toISOString().slice(0, 10)
const bench = await openBench()
const results: Record<string, CaseResult> = {}
try {
  for (const [name, entry] of chosen) {
    const began = performance.now()
    const result = await measure(name, entry)
    results[name] = result
    console.log(
      `${printResults({ [name]: result })}\n\n${name} took ${((performance.now() - began) / 1000).toFixed(0)} s.\n`,
    )
  }
} finally {
  await bench.close()
}

async function measure(name: string, { pages = PAGES, rounds = ROUNDS, besideAlone }: CaseEntry): Promise<CaseResult> {
  const after: CaseResult[] = []
  const alone: CaseResult[] = []
  const variants = besideAlone === undefined ? {} : { variants: [besideAlone] }
  for (let page = 0; page < pages; page++) {
    after.push(await measureInPage({ name, rounds, ...variants }, true))
    if (besideAlone !== undefined) alone.push(await measureInPage({ name, rounds, ...variants }, false))
  }
  return besideAlone === undefined ? pool(after) : overEachOther(besideAlone, pool(after), pool(alone))
}

/** A case in a page and a sandbox of its own, after other pipelines or alone. */
async function measureInPage(
  request: { readonly name: string; readonly rounds: number; readonly variants?: readonly string[] },
  afterOthers: boolean,
): Promise<CaseResult> {
  const page = await bench.openPage()
  if (afterOthers) await page.evaluate(() => window.bench.ask({ kind: 'pollute' }))
  const result = await page.evaluate((given) => window.bench.ask({ kind: 'measure', seed: 1, ...given }), request)
  await page.close()
  if (result === undefined) throw new Error(`${request.name} gave no result`)
  return result
}

const verdicts = goals.flatMap((goal) => {
  const result = results[goal.case]
  return result === undefined ? [] : [judge(goal, result)]
})
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  browser: bench.browserVersion,
  node: process.version,
  load,
  date,
}
const path = join(PROJECT, 'BENCHMARKS.md')
const document = await readFile(path, 'utf8')
const before = readShown(document)
const rows = Object.fromEntries(verdicts.map((verdict) => [labelOf(verdict.goal), printVerdict(verdict)]))
const tables = Object.fromEntries(Object.entries(results).map(([name, result]) => [name, printCase(result, date)]))
const shown = { tables: { ...before.tables, ...tables }, rows: { ...before.rows, ...rows } }
await writeFile(path, replaceTable(document, machine, shown, Object.keys(cases), goals))
console.log(printResults({}, verdicts))
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
await writeFile(
  join(PROJECT, 'bench-results/latest.json'),
  `${JSON.stringify({ machine, results, verdicts }, null, 1)}\n`,
)
process.exitCode = verdicts.some(({ isBroken }) => isBroken) ? 1 : 0
